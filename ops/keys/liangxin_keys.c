/* SPDX-License-Identifier: Apache-2.0 */
/* liangxin-keys DIR: makes the keys of one installation, each in a file of its own, where they are missing. A key that
 * is there is never written again: what it sealed would be lost. One thread, a few milliseconds, no settings.
 *
 * A file comes into being whole or not at all: written beside, synced, then linked to its name, which fails when
 * somebody else was faster. Secrets are 0600; `peers` and actor.public hold public keys and are 0644. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>
#include <zmq.h>

#include "base/banned.h"

#define KEY_BYTES 32
#define HEX_LINE  (KEY_BYTES * 2 + 2) /* digits, newline, NUL */
#define Z85_TEXT  41                  /* characters and NUL */
#define NAME_SIZE 64
#define PEERS_MAX 65536

/* Who speaks on the bus: a CURVE pair and a line in `peers` each. */
static const char *const speakers[] = {
    "organizations", "transfers", "dues", "training", "notifications", "gateway", "operator",
};

/* Symmetric keys: 32 random bytes. */
static const char *const random_keys[] = {
    "identity.keys",  /* seals identity numbers */
    "identity.index", /* their blind index */
    "letter.keys",    /* seals identity numbers inside letters */
    "cursor.keys",    /* signs page cursors */
};

static int directory;

_Noreturn static void
fail(const char *what, const char *name)
{
    fprintf(stderr, "liangxin-keys: %s %s: %s\n", what, name, strerror(errno));
    exit(1);
}

static bool
exists(const char *name)
{
    return faccessat(directory, name, F_OK, 0) == 0;
}

/* The content as text; the length, without the newline at its end. */
static size_t
read_text(const char *name, char *text, size_t size)
{
    int fd = openat(directory, name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        fail("cannot open", name);
    ssize_t n = read(fd, text, size - 1);
    if (n < 0)
        fail("cannot read", name);
    close(fd);
    while (n > 0 && text[n - 1] == '\n')
        n--;
    text[n] = '\0';
    return (size_t)n;
}

static void
write_beside(const char *beside, const char *text, mode_t mode)
{
    int fd = openat(directory, beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    size_t size = strlen(text);
    if (fd < 0)
        fail("cannot create", beside);
    if (fchmod(fd, mode) != 0 || write(fd, text, size) != (ssize_t)size || fsync(fd) != 0 || close(fd) != 0)
        fail("cannot write", beside);
}

/* A new file under `name`; an existing one stays as it is. */
static void
create(const char *name, const char *text, mode_t mode)
{
    char beside[NAME_SIZE];
    snprintf(beside, sizeof beside, ".%s.%ld", name, (long)getpid());
    write_beside(beside, text, mode);
    if (linkat(directory, beside, directory, name, 0) != 0 && errno != EEXIST)
        fail("cannot create", name);
    unlinkat(directory, beside, 0);
}

static void
hex_line(const unsigned char key[KEY_BYTES], char ret_line[HEX_LINE])
{
    sodium_bin2hex(ret_line, HEX_LINE, key, KEY_BYTES);
    ret_line[HEX_LINE - 2] = '\n';
    ret_line[HEX_LINE - 1] = '\0';
}

static void
make_random_key(const char *name)
{
    unsigned char key[KEY_BYTES];
    char line[HEX_LINE];
    if (exists(name))
        return;
    randombytes_buf(key, sizeof key);
    hex_line(key, line);
    create(name, line, 0600);
}

/* actor.secret is the seed, actor.public what follows from it. */
static void
make_actor_pair(void)
{
    unsigned char seed[KEY_BYTES], public_key[crypto_sign_PUBLICKEYBYTES], secret_key[crypto_sign_SECRETKEYBYTES];
    char line[HEX_LINE];
    size_t n;
    make_random_key("actor.secret");
    if (exists("actor.public"))
        return;
    read_text("actor.secret", line, sizeof line);
    if (sodium_hex2bin(seed, sizeof seed, line, strlen(line), NULL, &n, NULL) != 0 || n != sizeof seed) {
        errno = EINVAL;
        fail("no key in", "actor.secret");
    }
    crypto_sign_seed_keypair(public_key, secret_key, seed);
    hex_line(public_key, line);
    create("actor.public", line, 0644);
}

/* The speaker's CURVE secret when it is missing; its public key either way. */
static void
make_speaker(const char *speaker, char ret_public[Z85_TEXT])
{
    char name[NAME_SIZE], secret[Z85_TEXT + 1], line[Z85_TEXT + 1];
    snprintf(name, sizeof name, "%s.curve.secret", speaker);
    if (!exists(name)) {
        if (zmq_curve_keypair(ret_public, secret) != 0)
            fail("no CURVE in libzmq for", speaker);
        snprintf(line, sizeof line, "%.40s\n", secret);
        create(name, line, 0600);
    }
    if (read_text(name, secret, sizeof secret) != Z85_TEXT - 1 || zmq_curve_public(ret_public, secret) != 0) {
        errno = EINVAL;
        fail("no key in", name);
    }
}

/* The key that `peers` gives for the name, or NULL. */
static const char *
peer_key(const char *peers, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = peers; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, length) == 0 && line[length] == ' ')
            return line + length + 1;
    }
    return NULL;
}

/* `peers` keeps the lines that are there (other machines' names may be among them) and gains the missing ones. */
static void
make_peers(void)
{
    static char peers[PEERS_MAX];
    size_t used = 0;
    bool grown = false;
    if (exists("peers")) {
        used = read_text("peers", peers, sizeof peers);
        used += (size_t)snprintf(peers + used, sizeof peers - used, used ? "\n" : "");
    }
    for (size_t i = 0; i < sizeof speakers / sizeof speakers[0]; i++) {
        char public_key[Z85_TEXT];
        make_speaker(speakers[i], public_key);
        const char *known = peer_key(peers, speakers[i]);
        if (known && strncmp(known, public_key, strlen(public_key)) != 0) {
            errno = EEXIST;
            fail("another key than that of the secret file stands in peers for", speakers[i]);
        }
        if (known)
            continue;
        used += (size_t)snprintf(peers + used, sizeof peers - used, "%s %s\n", speakers[i], public_key);
        if (used >= sizeof peers) {
            errno = EFBIG;
            fail("too many lines in", "peers");
        }
        grown = true;
    }
    if (!grown)
        return;
    write_beside(".peers", peers, 0644);
    if (renameat(directory, ".peers", directory, "peers") != 0)
        fail("cannot replace", "peers");
}

int
main(int argc, char **argv)
{
    if (argc != 2 || argv[1][0] == '-') {
        FILE *out = argc == 2 && strcmp(argv[1], "--help") == 0 ? stdout : stderr;
        fputs("usage: liangxin-keys DIR\nMakes the keys of an installation in DIR where they are missing.\n", out);
        return out == stdout ? 0 : 2;
    }
    if (sodium_init() < 0 || (mkdir(argv[1], 0700) != 0 && errno != EEXIST))
        fail("cannot make", argv[1]);
    directory = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0)
        fail("cannot open", argv[1]);
    for (size_t i = 0; i < sizeof random_keys / sizeof random_keys[0]; i++)
        make_random_key(random_keys[i]);
    make_actor_pair();
    make_peers();
    if (fsync(directory) != 0)
        fail("cannot sync", argv[1]);
    return 0;
}
