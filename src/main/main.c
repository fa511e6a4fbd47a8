/* onestop: the program. */
#include "base/base.h"

#include <stdio.h>

int main(void)
{
    printf("onestop: nothing to do yet\n");
    return 0;
}
