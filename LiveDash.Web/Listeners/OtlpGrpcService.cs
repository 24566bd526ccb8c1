using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using Grpc.Core;
using LiveDash.Core.Ingestion.Decoding.Otlp;
using LiveDash.Web.Api;
using LiveDash.Web.Api.Points;
using LiveDash.Web.Api.Senders;

namespace LiveDash.Web.Listeners;

/// <summary>OTLP over gRPC. Answered after the commit; a full queue or disk is told as a state that OpenTelemetry's clients try again.</summary>
internal sealed class OtlpGrpcService(IngestServices services, OtlpNames names) : OtlpGrpcBase
{
    /// <inheritdoc/>
    public override async Task<byte[]> Export(byte[] request, ServerCallContext context)
    {
        var body = PipeReader.Create(new ReadOnlySequence<byte>(request));
        var (report, failure) = await OtlpEndpoint.RunAsync(context.GetHttpContext(), services, names, body, isJson: false);
        failure ??= IngestRun.StoreFailure(report) ?? OtlpEndpoint.MessageFailure(report);
        return failure is null ? OtlpEndpoint.Answer(report).ToByteArray() : throw new RpcException(new Status(CodeOf(failure.Status), failure.Detail));
    }

    private static StatusCode CodeOf(int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => StatusCode.ResourceExhausted,
        StatusCodes.Status400BadRequest => StatusCode.InvalidArgument,
        _ => StatusCode.Unavailable,
    };
}
