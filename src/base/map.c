/* Text to pointer: open addressing over indices into a list, so that walking a map goes in order of insertion.
 * The hash is FNV-1a; keys come from packs and programs, and maps over a request's fields are bounded to a few hundred,
 * so crafted collisions cannot cost more than that many comparisons. */
#include "base/base.h"

static uint32_t hash(Str key)
{
    uint32_t value = 2166136261u;
    for (size_t i = 0; i < key.len; i++)
        value = (value ^ (unsigned char)key.data[i]) * 16777619u;
    return value;
}

/* The slot that holds the key, or the free one where it would go. */
static size_t slot_of(const Map *map, Str key)
{
    size_t slot = hash(key) & (map->slot_count - 1);
    while (map->slots[slot] && !str_equal(map->entries.at[map->slots[slot] - 1].key, key))
        slot = (slot + 1) & (map->slot_count - 1);
    return slot;
}

/* So many keys are looked through one by one: quicker than to hash one of them, and without slots. */
enum { FEW = 8 };

static MapEntry *find(const Map *map, Str key)
{
    if (map->slot_count) {
        size_t slot = slot_of(map, key);
        return map->slots[slot] ? &map->entries.at[map->slots[slot] - 1] : NULL;
    }
    for (size_t i = 0; i < map->entries.count; i++)
        if (str_equal(map->entries.at[i].key, key))
            return &map->entries.at[i];
    return NULL;
}

static void grow(Arena *arena, Map *map)
{
    map->slot_count = map->slot_count ? map->slot_count * 2 : 4 * FEW;
    map->slots = arena_array(arena, uint32_t, map->slot_count);
    for (size_t i = 0; i < map->entries.count; i++)
        map->slots[slot_of(map, map->entries.at[i].key)] = (uint32_t)(i + 1);
}

void map_put(Arena *arena, Map *map, Str key, void *value)
{
    MapEntry *known = find(map, key);
    if (known) {
        known->value = value;
        return;
    }
    list_push(arena, &map->entries, (MapEntry){ key, value });
    size_t count = map->entries.count;
    if (count <= FEW)
        return;
    if (count * 2 > map->slot_count)
        grow(arena, map);
    else
        map->slots[slot_of(map, key)] = (uint32_t)count;
}

void *map_get(const Map *map, Str key)
{
    const MapEntry *known = find(map, key);
    return known ? known->value : NULL;
}
