/* api: the place of the JSON interface, on the floor of web: the same use cases of the desk, for programs instead of people, with an OpenAPI
 * description printed from one table of routes. Nothing is built yet; what it will offer, the desk already does:
 * desk_begin, desk_answer, desk_upload, desk_send, desk_track, desk_application, desk_act. */
#ifndef API_H
#define API_H

#endif
