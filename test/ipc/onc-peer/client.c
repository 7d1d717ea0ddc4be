/* A client by libtirpc of the server on loopback whose port is its argument. It prints what it is answered. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "peer.h"

int main(int count, char **arguments) {
	int fd = RPC_ANYSOCK, maybe = 41, numbers[] = {1, -2, 3};
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct timeval patience = {30, 0};
	char *text = "gr\303\274n";
	int length;
	everything result = {0};
	everything given = {
		.whole = -5,
		.natural = 4000000000u,
		.wide = 1234567890123LL,
		.truth = TRUE,
		.real = 0.5,
		.text = "hello",
		.bytes = {.bytes_len = 5, .bytes_val = "ab\0cd"},
		.three = {1, 2, 3},
		.numbers = {.numbers_len = 3, .numbers_val = numbers},
		.maybe = &maybe,
	};
	if (count < 2) return 2;
	alarm(60);
	to.sin_port = htons((unsigned short)atoi(arguments[1]));
	CLIENT *client = clnttcp_create(&to, PEER_PROG, PEER_VERS, &fd, 0, 0);
	if (client == NULL) return 1;
#define CALL(procedure, in, argument, out, value) \
	clnt_call(client, procedure, (xdrproc_t)in, (caddr_t)(argument), (xdrproc_t)out, (caddr_t)(value), patience)
	printf("%d\n", CALL(TURN, xdr_everything, &given, xdr_everything, &result));
	printf("%d %u %lld %d %g %s %u %d %d %d\n", result.whole, result.natural, (long long)result.wide, result.truth,
		result.real, result.text, result.bytes.bytes_len, result.three[2], result.numbers.numbers_val[1],
		result.maybe == NULL ? -1 : *result.maybe);
	printf("%d", CALL(LENGTH, xdr_wrapstring, &text, xdr_int, &length));
	printf(" %d\n", length);
	printf("%d\n", CALL(NOTHING, xdr_void, NULL, xdr_void, NULL));
	/* What goes wrong, by the numbers of enum clnt_stat. */
	printf("%d %d\n", CALL(99, xdr_void, NULL, xdr_void, NULL), CALL(TURN, xdr_void, NULL, xdr_void, NULL));
	clnt_destroy(client);
	fd = RPC_ANYSOCK;
	client = clnttcp_create(&to, PEER_PROG, PEER_VERS + 1, &fd, 0, 0);
	printf("%d\n", CALL(0, xdr_void, NULL, xdr_void, NULL));
	fd = RPC_ANYSOCK;
	client = clnttcp_create(&to, PEER_PROG + 1, PEER_VERS, &fd, 0, 0);
	printf("%d\n", CALL(0, xdr_void, NULL, xdr_void, NULL));
	return 0;
}
