using System.Buffers;
using System.Text;
using Google.Protobuf;
using LiveDash.Core.Ingestion.Decoding.Otlp.Wire;

namespace LiveDash.Core.Ingestion.Decoding.Otlp;

/// <summary>OTLP metrics in JSON, turned into protobuf and read as that, so that both say the same.</summary>
internal sealed class OtlpJsonDecoder(OtlpNames names) : OtlpDecoder(names)
{
    private static readonly JsonParser s_parser = new(new JsonParser.Settings(recursionLimit: 24).WithIgnoreUnknownFields(true));

    private protected override byte[] Open(ReadOnlySequence<byte> body, out int length, out Fault? fault)
    {
        length = 0;
        fault = null;
        try
        {
            var request = s_parser.Parse<ExportMetricsServiceRequest>(Encoding.UTF8.GetString(body));
            length = request.CalculateSize();
            if (length == 0) return [];
            var message = ArrayPool<byte>.Shared.Rent(length);
            request.WriteTo(message.AsSpan(0, length));
            return message;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException or FormatException or OverflowException)
        {
            fault = new(RejectReason.BadJson, "The body is not OTLP metrics in JSON: " + e.Message);
            return [];
        }
    }
}
