/* notify: the place of letters, mail and webhooks, on the floor of web: what the journal says, carried to people and programs outside, with
 * retries, from an outbox that the store fills in the same transaction as the entry. Nothing is built yet: until then a person
 * reads everything on the page of the application, in the same minute. */
#ifndef NOTIFY_H
#define NOTIFY_H

#endif
