/* A server by libtirpc that serves one TCP connection on loopback, without rpcbind. It prints its port. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "peer.h"

void peer_prog_1(struct svc_req *request, SVCXPRT *transport);

everything *turn_1_svc(everything *given, struct svc_req *request) {
	static everything turned;
	static int maybe;
	(void)request;
	turned = *given;
	turned.whole = -given->whole;
	turned.natural = given->natural + 1;
	turned.wide = -given->wide;
	turned.truth = !given->truth;
	turned.real = given->real / 2;
	if (given->maybe != NULL) {
		maybe = *given->maybe + 1;
		turned.maybe = &maybe;
	}
	return &turned;
}

int *length_1_svc(char **text, struct svc_req *request) {
	static int length;
	(void)request;
	length = (int)strlen(*text);
	return &length;
}

void *nothing_1_svc(void *none, struct svc_req *request) {
	static char result;
	(void)none;
	(void)request;
	return &result;
}

int main(void) {
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t bytes = sizeof at;
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	if (listener < 0 || bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, 1) < 0) return 1;
	if (getsockname(listener, (struct sockaddr *)&at, &bytes) < 0) return 1;
	printf("%d\n", ntohs(at.sin_port));
	fflush(stdout);
	alarm(60);
	SVCXPRT *transport = svc_fd_create(accept(listener, NULL, NULL), 0, 0);
	if (transport == NULL || !svc_reg(transport, PEER_PROG, PEER_VERS, peer_prog_1, NULL)) return 1;
	svc_run();
	return 0;
}
