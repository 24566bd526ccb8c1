using System.Buffers;
using Grpc.Core;

namespace LiveDash.Web.Listeners;

/// <summary>
/// The gRPC service <c>opentelemetry.proto.collector.metrics.v1.MetricsService</c> with its one method, whose messages pass as bytes: the decoder walks them in place, so no object is made for a point.
/// </summary>
[BindServiceMethod(typeof(OtlpGrpcBase), nameof(BindService))]
internal abstract class OtlpGrpcBase
{
    private static readonly Marshaller<byte[]> s_bytes = Marshallers.Create(
        static (bytes, context) => context.Complete(bytes),
        static context => context.PayloadAsReadOnlySequence().ToArray());

    private static readonly Method<byte[], byte[]> s_export = new(MethodType.Unary, "opentelemetry.proto.collector.metrics.v1.MetricsService", "Export", s_bytes, s_bytes);

    /// <summary>Takes one export.</summary>
    public abstract Task<byte[]> Export(byte[] request, ServerCallContext context);

    /// <summary>Tells the server of the method; found by the attribute.</summary>
    public static void BindService(ServiceBinderBase binder, OtlpGrpcBase? service) =>
        binder.AddMethod(s_export, service is null ? null : new UnaryServerMethod<byte[], byte[]>(service.Export));
}
