/* bytes: libmicrohttpd answering one file from memory, as fast as it can: what a page of ours is compared with. Same mode, same number of
 * threads.
 *
 *     bytes FILE PORT THREADS       port 0: any; prints which */
#include "base/base.h"

#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct MHD_Response *response;

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                              const char *upload, size_t *upload_size, void **request)
{
    static int seen;
    (void)context, (void)url, (void)method, (void)version, (void)upload, (void)upload_size;
    if (!*request) {
        *request = &seen;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, response);
}

int main(int argc, char **argv)
{
    static char page[1 << 20];
    int64_t port, threads;
    FILE *file = argc == 4 ? fopen(argv[1], "rb") : NULL;
    if (!file || !str_to_i64(str_from(argv[2]), &port) || !str_to_i64(str_from(argv[3]), &threads)) {
        fprintf(stderr, "usage: bytes FILE PORT THREADS\n");
        return 2;
    }
    size_t size = fread(page, 1, sizeof page, file);
    fclose(file);
    signal(SIGPIPE, SIG_IGN);
    response = MHD_create_response_from_buffer(size, page, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
    MHD_add_response_header(response, "Cache-Control", "no-store");
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_POLL_INTERNAL_THREAD, (uint16_t)port, NULL, NULL, answer, NULL, MHD_OPTION_THREAD_POOL_SIZE,
                         (unsigned)threads, MHD_OPTION_CONNECTION_LIMIT, 1024u, MHD_OPTION_END);
    if (!daemon)
        return 1;
    printf("ready on %u\n", (unsigned)MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    pause();
    return 0;
}
