/* SPDX-License-Identifier: Apache-2.0 */
/* Two folders as a sorted table. Main thread at start, then loop thread; owns nothing, all is the arena's. */
#include "gateway/pages/pages.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/seal.h"
#include "base/banned.h"

#define PAGES_LIMIT 1024                     /* files */
#define FILE_LIMIT  ((off_t)8 * 1024 * 1024) /* bytes of one */
#define PATH_ROOM   512
#define INDEX       "/index.html"
#define ASSETS      "/assets/"
#define API         "/api/"
#define PACKED      ".gz"

struct pages {
    size_t count;
    struct page page[PAGES_LIMIT];
};

/* What a build makes; a file of another kind is refused at start. */
static const struct {
    const char *ending;
    const char *content_type;
} kinds[] = {
    { ".html", "text/html; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".css", "text/css; charset=utf-8" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".txt", "text/plain; charset=utf-8" },
};

static bool
ends_with(const char *name, const char *ending)
{
    size_t size = strlen(name);
    size_t tail = strlen(ending);

    return size > tail && memcmp(name + size - tail, ending, tail) == 0;
}

static const char *
content_type_of(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ends_with(name, kinds[i].ending))
            return kinds[i].content_type;
    return NULL;
}

static status_t
refuse(struct arena *arena, const char *path, const char *why)
{
    return status_detail(arena, PROBLEM_BAD_VALUE, "LIANGXIN_CONSOLE: %s: %s", path, why);
}

static bool
read_all(int fd, char *bytes, size_t size)
{
    size_t had = 0;

    while (had < size) {
        ssize_t n = read(fd, bytes + had, size - had);

        if (n <= 0)
            return false;
        had += (size_t)n;
    }
    return true;
}

/* A missing file is BAD_VALUE as well; the caller of an optional one looks first. */
static status_t
read_file(struct arena *arena, const char *path, struct slice *ret_bytes)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat stat;
    status_t st = OK;
    char *bytes = NULL;

    if (fd < 0 || fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode))
        st = refuse(arena, path, "cannot be read");
    else if (stat.st_size > FILE_LIMIT)
        st = refuse(arena, path, "is too large");
    else if (!(bytes = arena_alloc(arena, (size_t)stat.st_size + 1)) || !read_all(fd, bytes, (size_t)stat.st_size))
        st = refuse(arena, path, "cannot be read");
    if (!st)
        *ret_bytes = slice_make(bytes, (size_t)stat.st_size);
    if (fd >= 0)
        close(fd);
    return st;
}

static status_t
read_page(struct arena *arena, const char *folder, const char *path, struct page *ret_page)
{
    char file[PATH_ROOM];
    uint8_t hash[SEAL_HASH];
    status_t st;

    snprintf(file, sizeof file, "%s%s", folder, path);
    ret_page->path = arena_text(arena, path);
    ret_page->content_type = content_type_of(path);
    ret_page->immutable = strncmp(path, ASSETS, strlen(ASSETS)) == 0;
    if (!ret_page->content_type)
        return refuse(arena, file, "is of no kind that a console has");
    st = read_file(arena, file, &ret_page->plain);
    if (st)
        return st;
    seal_hash(ret_page->plain, hash);
    seal_hex_format(hash, RESPONSE_MARK, ret_page->mark);
    snprintf(file, sizeof file, "%s%s" PACKED, folder, path);
    return access(file, F_OK) == 0 ? read_file(arena, file, &ret_page->gzip) : OK;
}

static status_t
read_entry(struct arena *arena, const char *folder, const char *below, const char *name, struct pages *pages)
{
    char path[PATH_ROOM];

    if (name[0] == '.' || ends_with(name, PACKED) || strcmp(name, "assets") == 0)
        return OK;
    if (pages->count == PAGES_LIMIT)
        return refuse(arena, folder, "has too many files");
    snprintf(path, sizeof path, "%s%s", below, name);
    return read_page(arena, folder, path, &pages->page[pages->count++]);
}

static status_t
read_folder(struct arena *arena, const char *folder, const char *below, struct pages *pages)
{
    char place[PATH_ROOM];
    DIR *dir;
    status_t st = OK;

    snprintf(place, sizeof place, "%s%s", folder, below);
    dir = opendir(place);
    if (!dir)
        return refuse(arena, place, "cannot be read");
    for (struct dirent *entry; !st && (entry = readdir(dir));)
        st = read_entry(arena, folder, below, entry->d_name, pages);
    closedir(dir);
    return st;
}

static int
by_path(const void *a, const void *b)
{
    return strcmp(((const struct page *)a)->path, ((const struct page *)b)->path);
}

static const struct page *
find_file(const struct pages *pages, struct slice path)
{
    char text[PATH_ROOM];
    struct page key = { .path = text };

    if (path.size >= sizeof text)
        return NULL;
    memcpy(text, path.data, path.size);
    text[path.size] = '\0';
    return bsearch(&key, pages->page, pages->count, sizeof *pages->page, by_path);
}

status_t
pages_open(struct arena *arena, const char *folder, struct pages **ret_pages)
{
    struct pages *pages = arena_alloc(arena, sizeof *pages);
    status_t st;

    *ret_pages = pages;
    if (!folder[0])
        return OK;
    st = read_folder(arena, folder, "/", pages);
    if (!st)
        st = read_folder(arena, folder, ASSETS, pages);
    if (st)
        return st;
    qsort(pages->page, pages->count, sizeof *pages->page, by_path);
    return find_file(pages, slice_of(INDEX)) ? OK : refuse(arena, folder, "has no index.html");
}

const struct page *
pages_find(const struct pages *pages, struct slice path)
{
    const struct page *page = find_file(pages, path);

    if (page)
        return page;
    if (path.size >= strlen(API) && memcmp(path.data, API, strlen(API)) == 0)
        return NULL;
    if (memchr(path.data, '.', path.size) || memchr(path.data, '%', path.size))
        return NULL;
    return find_file(pages, slice_of(INDEX));
}
