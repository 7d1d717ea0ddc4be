// Calls by gRPC over HTTP/2, without TLS: unary ones, messages as protocol buffers.
// (https://grpc.github.io/grpc/core/md_doc__p_r_o_t_o_c_o_l-_h_t_t_p2.html)
import { GrpcCalling } from './grpc-calling.ts';
import { GrpcServing } from './grpc-serving.ts';
import { type Protos, protoOf } from './proto.ts';
import type { ProcedureTypes, Transport } from './transport.ts';

const NAME = /^[A-Za-z_]\w*$/;
const SERVICE = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;

/**
 * gRPC: procedures are methods of a service, by their names.
 * @param options.service with the name of its package: `interleave.Program`
 */
export function grpcTransport(options: {
  readonly service: string;
  readonly procedures: ProcedureTypes;
}): Transport {
  const { service, procedures } = options;
  if (!SERVICE.test(service)) {
    throw new RangeError(`rpc with the service ${service}: use names with dots between them.`);
  }
  for (const name of Object.keys(procedures)) {
    if (!NAME.test(name))
      throw new RangeError(`rpc by gRPC with the procedure ${name}: use letters and digits.`);
  }
  const protos: Protos = new Map(
    Object.entries(procedures).map(([name, [argument, result]]) => [
      name,
      [protoOf(argument), protoOf(result)],
    ]),
  );
  return {
    calling: () => new GrpcCalling(service, protos),
    serving: (bodies) => new GrpcServing(service, protos, bodies),
  };
}
