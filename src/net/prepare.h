// OpenSSL, told to overwrite what it frees. Any thread. Floor: net.
#ifndef LODE_NET_PREPARE_H
#define LODE_NET_PREPARE_H

// Once for the process, before its first use of OpenSSL; loading libcurl calls it.
void net_prepare(void);

#endif
