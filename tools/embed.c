/* embed: files as C arrays, with the URL, type and hash that a browser needs to keep them for ever.
 *
 *     embed OUT.c FILE…
 *
 * The hash names content in a cache, it protects nothing: FNV-1a is enough, and needs no library at build time. */
#include "tool.h"

static const struct {
    const char *ending, *type;
} TYPES[] = {
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".svg", "image/svg+xml" },
};

static const char *type_of(const char *path, const char *ending)
{
    for (size_t i = 0; ending && i < sizeof TYPES / sizeof *TYPES; i++)
        if (strcmp(ending, TYPES[i].ending) == 0)
            return TYPES[i].type;
    give_up(path, 0, "no content type is known for this ending");
}

static uint64_t hash_of(const Buffer *content)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < content->len; i++)
        hash = (hash ^ (unsigned char)content->data[i]) * 0x100000001b3u;
    return hash;
}

static void bytes_put(Buffer *out, const Buffer *content)
{
    for (size_t i = 0; i < content->len; i++)
        buffer_print(out, "%s%d,", i % 24 ? "" : "\n    ", (unsigned char)content->data[i]);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: embed OUT.c FILE…\n");
        return 2;
    }
    Buffer out = { 0 }, rows = { 0 };
    buffer_print(&out, "/* Made from src/web/assets/ by embed: change those, not this. */\n#include \"web/html.h\"\n");
    for (int i = 2; i < argc; i++) {
        const char *slash = strrchr(argv[i], '/'), *name = slash ? slash + 1 : argv[i], *ending = strrchr(name, '.');
        const char *type = type_of(argv[i], ending);
        Buffer content = file_read(argv[i]);
        uint64_t hash = hash_of(&content);
        buffer_print(&out, "static const unsigned char BYTES_%d[] = {", i);
        bytes_put(&out, &content);
        buffer_print(&out, "\n};\n");
        buffer_print(&rows, "    { S(\"%s\"), S(\"/assets/%.*s-%08x%s\"), S(\"%s\"), S(\"\\\"%016llx\\\"\"),\n"
                            "      { (const char *)BYTES_%d, %zu } },\n",
                     name, (int)(ending - name), name, (unsigned)(hash >> 32), ending, type, (unsigned long long)hash,
                     i, content.len);
    }
    buffer_print(&out, "\nconst Asset ASSETS[] = {\n%s};\nconst size_t ASSET_COUNT = COUNT_OF(ASSETS);\n", rows.data);
    file_write(argv[1], &out);
    return 0;
}
