/* SPDX-License-Identifier: Apache-2.0 */
/* minizip over memory. The thread that reads a table; a zip ends with its arena. */
#include "organizations/tables/zip.h"

#include <minizip/unzip.h>

#include "base/banned.h"

#define ENCRYPTED 1 /* bit of the general purpose flag */

struct zip {
    struct arena *arena;
    struct slice bytes;
    size_t at; /* minizip's place in the bytes */
    unzFile file;
    bool in_part;
    size_t inflated; /* of all parts */
};

static voidpf
memory_open(voidpf zip, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return zip;
}

static uLong
memory_read(voidpf opaque, voidpf stream, void *room, uLong size)
{
    struct zip *zip = stream;
    size_t left = zip->bytes.size - zip->at;
    size_t n = size < left ? size : left;

    (void)opaque;
    memcpy(room, zip->bytes.data + zip->at, n);
    zip->at += n;
    return n;
}

static uLong
memory_write(voidpf opaque, voidpf stream, const void *bytes, uLong size)
{
    (void)opaque;
    (void)stream;
    (void)bytes;
    (void)size;
    return 0;
}

static ZPOS64_T
memory_tell(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return ((struct zip *)stream)->at;
}

static long
memory_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    struct zip *zip = stream;
    size_t from = origin == ZLIB_FILEFUNC_SEEK_CUR ? zip->at : origin == ZLIB_FILEFUNC_SEEK_END ? zip->bytes.size : 0;

    (void)opaque;
    if (offset > zip->bytes.size - from)
        return -1;
    zip->at = from + (size_t)offset;
    return 0;
}

static int
memory_nothing(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

static void
close_part(struct zip *zip)
{
    if (zip->in_part)
        unzCloseCurrentFile(zip->file);
    zip->in_part = false;
}

static void
dispose(void *object)
{
    struct zip *zip = object;

    close_part(zip);
    unzClose(zip->file);
}

status_t
zip_open(struct arena *arena, struct slice bytes, struct zip **ret_zip)
{
    struct zip *zip = arena_alloc(arena, sizeof *zip);
    zlib_filefunc64_def memory = { .zopen64_file = memory_open,
                                   .zread_file = memory_read,
                                   .zwrite_file = memory_write,
                                   .ztell64_file = memory_tell,
                                   .zseek64_file = memory_seek,
                                   .zclose_file = memory_nothing,
                                   .zerror_file = memory_nothing,
                                   .opaque = zip };
    unz_global_info64 info;

    *zip = (struct zip){ .arena = arena, .bytes = bytes };
    zip->file = unzOpen2_64("", &memory);
    if (!zip->file)
        return status_detail(arena, PROBLEM_BAD_XLSX, "not a ZIP archive");
    arena_dispose(arena, dispose, zip);
    if (unzGetGlobalInfo64(zip->file, &info) != UNZ_OK)
        return status_detail(arena, PROBLEM_BAD_XLSX, "not a ZIP archive");
    if (info.number_entry > ZIP_ENTRIES)
        return status_detail(arena, PROBLEM_TOO_MANY, "more than %d parts in the archive", ZIP_ENTRIES);
    *ret_zip = zip;
    return OK;
}

status_t
zip_open_part(struct zip *zip, const char *name)
{
    unz_file_info64 info;

    close_part(zip);
    if (unzLocateFile(zip->file, name, 1) != UNZ_OK)
        return status_plain(PROBLEM_NOT_FOUND);
    if (unzGetCurrentFileInfo64(zip->file, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK || (info.flag & ENCRYPTED))
        return status_detail(zip->arena, PROBLEM_BAD_XLSX, "a part is encrypted or damaged");
    if (unzOpenCurrentFile(zip->file) != UNZ_OK)
        return status_detail(zip->arena, PROBLEM_BAD_XLSX, "a part cannot be read");
    zip->in_part = true;
    return OK;
}

static status_t
end_part(struct zip *zip)
{
    zip->in_part = false;
    if (unzCloseCurrentFile(zip->file) == UNZ_OK)
        return OK;
    return status_detail(zip->arena, PROBLEM_BAD_XLSX, "a part is damaged");
}

status_t
zip_read(struct zip *zip, char *room, size_t size, size_t *ret_size)
{
    int n = unzReadCurrentFile(zip->file, room, (unsigned)size);

    *ret_size = n > 0 ? (size_t)n : 0;
    if (n < 0)
        return status_detail(zip->arena, PROBLEM_BAD_XLSX, "a part is damaged");
    if (n == 0)
        return end_part(zip);
    zip->inflated += (size_t)n;
    if (zip->inflated > ZIP_INFLATED)
        return status_detail(zip->arena, PROBLEM_XLSX_BOMB, "more than %zu MiB", ZIP_INFLATED >> 20);
    if (zip->inflated > ZIP_RATIO_FROM && zip->inflated / ZIP_RATIO > zip->bytes.size)
        return status_detail(zip->arena, PROBLEM_XLSX_BOMB, "grows more than %d times", ZIP_RATIO);
    return OK;
}
