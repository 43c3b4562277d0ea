// A https server that writes down what it got. One connection at a time. Tests.
#include "support/tls.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <openssl/ssl.h>

#include "base/mem.h"
#include "support/test.h"

enum { PATIENCE_S = 5 };

struct tls_server {
    SSL_CTX *context;
    const char *answer;
    char *url;
    int fd, connections;
    struct str got;
    pthread_t thread;
};

// Whole requests are not told apart: an answer goes out after the first bytes.
static void serve_one(struct tls_server *s, int fd)
{
    struct timeval patience = {.tv_sec = PATIENCE_S};
    SSL *ssl = SSL_new(s->context);
    char bytes[4096];
    int n;

    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    (void)SSL_set_fd(ssl, fd);
    if (SSL_accept(ssl) == 1) {
        while ((n = SSL_read(ssl, bytes, sizeof(bytes))) > 0) {
            str_add_len(&s->got, bytes, (size_t)n);
            if (s->answer)
                (void)SSL_write(ssl, s->answer, (int)strlen(s->answer));
        }
    }
    SSL_free(ssl);
}

static void *run(void *arg)
{
    struct tls_server *s = arg;
    int fd;

    while ((fd = accept(s->fd, NULL, NULL)) >= 0) {
        s->connections++;
        serve_one(s, fd);
        (void)close(fd);
    }
    return NULL;
}

static void load(struct tls_server *s, const struct tls_how *how)
{
    char *cert = str_format("%s/%s.pem", how->folder, how->name);
    char *key = str_format("%s/%s.key", how->folder, how->name);

    s->context = SSL_CTX_new(TLS_server_method());
    assert_non_null(s->context);
    if (how->old) {
        SSL_CTX_set_security_level(s->context, 0);
        assert_int_equal(SSL_CTX_set_max_proto_version(s->context, TLS1_1_VERSION), 1);
        assert_int_equal(SSL_CTX_set_min_proto_version(s->context, TLS1_VERSION), 1);
    }
    assert_int_equal(SSL_CTX_use_certificate_chain_file(s->context, cert), 1);
    assert_int_equal(SSL_CTX_use_PrivateKey_file(s->context, key, SSL_FILETYPE_PEM), 1);
    free(cert);
    free(key);
}

struct tls_server *tls_start(const struct tls_how *how)
{
    struct tls_server *s = mem_zalloc(sizeof(*s));
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t len = sizeof(at);

    (void)signal(SIGPIPE, SIG_IGN); // clients go away when they please
    load(s, how);
    s->answer = how->answer;
    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(s->fd, (struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(listen(s->fd, 16), 0);
    assert_int_equal(getsockname(s->fd, (struct sockaddr *)&at, &len), 0);
    s->url = str_format("https://127.0.0.1:%u", ntohs(at.sin_port));
    assert_int_equal(pthread_create(&s->thread, NULL, run, s), 0);
    return s;
}

const char *tls_url(const struct tls_server *s)
{
    return s->url;
}

struct str tls_stop(struct tls_server *s, int *connections)
{
    struct str got;

    (void)shutdown(s->fd, SHUT_RDWR);
    (void)pthread_join(s->thread, NULL);
    (void)close(s->fd);
    SSL_CTX_free(s->context);
    got = s->got;
    *connections = s->connections;
    free(s->url);
    free(s);
    return got;
}
