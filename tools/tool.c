/* Buffers, files, complaints, .mo catalogues: what the build's own programs share. */
#include "tool.h"

#include <ctype.h>
#include <stdarg.h>

void buffer_put(Buffer *buffer, const char *data, size_t len)
{
    if (buffer->len + len + 1 > buffer->room) {
        size_t room = buffer->room ? buffer->room : 256;
        while (room < buffer->len + len + 1)
            room *= 2;
        buffer->data = realloc(buffer->data, room);
        if (!buffer->data)
            give_up("memory", 0, "none left");
        buffer->room = room;
    }
    if (len)
        memcpy(buffer->data + buffer->len, data, len);
    buffer->len += len;
    buffer->data[buffer->len] = '\0';
}

void buffer_char(Buffer *buffer, char c)
{
    buffer_put(buffer, &c, 1);
}

void buffer_print(Buffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text;
    int len = vasprintf(&text, format, args);
    va_end(args);
    if (len < 0)
        give_up("memory", 0, "none left");
    buffer_put(buffer, text, (size_t)len);
    free(text);
}

void buffer_c_string(Buffer *buffer, const char *data, size_t len)
{
    buffer_char(buffer, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)data[i];
        if (c == '\n')
            buffer_put(buffer, "\\n", 2);
        else if (c == '"' || c == '\\' || c == '?') /* a question mark could begin a trigraph */
            buffer_print(buffer, "\\%c", c);
        else if (c < ' ' || c == 0x7F)
            buffer_print(buffer, "\\%03o", c);
        else
            buffer_char(buffer, (char)c);
    }
    buffer_char(buffer, '"');
}

Buffer file_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        give_up(path, 0, "could not open the file");
    Buffer content = { 0 };
    char chunk[65536];
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, file)) > 0;)
        buffer_put(&content, chunk, got);
    if (ferror(file))
        give_up(path, 0, "could not read the file");
    fclose(file);
    buffer_put(&content, "", 0);
    return content;
}

void file_write(const char *path, const Buffer *content)
{
    FILE *file = fopen(path, "wb");
    if (!file || (content->len && fwrite(content->data, content->len, 1, file) != 1) || fclose(file) != 0)
        give_up(path, 0, "could not write the file");
}

static void complain_list(const char *file, int line, const char *format, va_list args)
{
    fprintf(stderr, "%s:", file);
    if (line)
        fprintf(stderr, "%d:", line);
    fprintf(stderr, " error: ");
    vfprintf(stderr, format, args);
    fprintf(stderr, "\n");
}

void complain(const char *file, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    complain_list(file, line, format, args);
    va_end(args);
}

void give_up(const char *file, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    complain_list(file, line, format, args);
    va_end(args);
    exit(1);
}

static uint32_t word_at(const Buffer *file, size_t at, const char *path)
{
    uint32_t word;
    if (at + sizeof word > file->len)
        give_up(path, 0, "the catalogue is cut off");
    memcpy(&word, file->data + at, sizeof word);
    return word;
}

static const char *text_at(const Buffer *file, size_t at, const char *path, size_t *len)
{
    *len = word_at(file, at, path);
    size_t start = word_at(file, at + 4, path);
    if (start + *len >= file->len || file->data[start + *len] != '\0')
        give_up(path, 0, "the catalogue is cut off");
    return file->data + start;
}

static int message_compare(const void *a, const void *b)
{
    return strcmp(((const Message *)a)->english, ((const Message *)b)->english);
}

Catalogue catalogue_read(const char *path)
{
    Buffer file = file_read(path);
    if (word_at(&file, 0, path) != 0x950412de)
        give_up(path, 0, "not a catalogue compiled by msgfmt on a machine of this kind");
    Catalogue catalogue = { .path = path, .count = word_at(&file, 8, path) };
    size_t originals = word_at(&file, 12, path), translations = word_at(&file, 16, path);
    catalogue.messages = calloc(catalogue.count + 1, sizeof *catalogue.messages);
    if (!catalogue.messages)
        give_up("memory", 0, "none left");
    for (size_t i = 0; i < catalogue.count; i++) {
        Message *message = &catalogue.messages[i];
        size_t len, translated;
        message->english = text_at(&file, originals + 8 * i, path, &len);
        message->forms[0] = text_at(&file, translations + 8 * i, path, &translated);
        size_t first = strlen(message->english), form = strlen(message->forms[0]);
        message->many = first < len ? message->english + first + 1 : NULL;
        message->forms[1] = form < translated ? message->forms[0] + form + 1 : NULL;
        if (message->forms[1] && message->forms[1] + strlen(message->forms[1]) != message->forms[0] + translated)
            give_up(path, 0, "a language with more than two plural forms: \"%s\"", message->english);
    }
    qsort(catalogue.messages, catalogue.count, sizeof *catalogue.messages, message_compare);
    return catalogue;
}

const Message *catalogue_find(const Catalogue *catalogue, const char *english)
{
    Message key = { .english = english };
    const Message *found =
        bsearch(&key, catalogue->messages, catalogue->count, sizeof *catalogue->messages, message_compare);
    return found && found->forms[0][0] ? found : NULL;
}

bool c_string_read(const char **at, Buffer *value)
{
    bool found = false;
    for (;;) {
        const char *p = *at;
        while (isspace((unsigned char)*p))
            p++;
        if (*p != '"')
            return found;
        for (p++; *p && *p != '"' && *p != '\n'; p++) {
            if (*p != '\\') {
                buffer_char(value, *p);
                continue;
            }
            p++;
            if (*p != 'n' && *p != '"' && *p != '\\' && *p != '?')
                return false;
            buffer_char(value, *p == 'n' ? '\n' : *p);
        }
        if (*p != '"')
            return false;
        *at = p + 1;
        found = true;
    }
}
