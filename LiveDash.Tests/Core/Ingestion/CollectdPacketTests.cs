using System.Buffers.Binary;
using System.Text;
using LiveDash.Core.Ingestion;

namespace LiveDash.Tests.Core.Ingestion;

/// <summary>Datagrams of collectd's binary protocol, made by hand.</summary>
public sealed class CollectdPacketTests
{
    private static readonly long s_second = (DecoderHarness.Now - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

    [Fact]
    public void Packet_WithEachKindOfValue_IsPointsOfTheSameNamesAsByHttp()
    {
        var harness = new DecoderHarness();
        byte[] packet =
        [
            .. Text(0, "web1"), .. Number(8, (ulong)s_second << 30), .. Text(2, "load"), .. Text(4, "load"), .. Values((1, Gauge(0.5)), (1, Gauge(double.NaN)), (1, Gauge(2))),
            .. Text(2, "interface"), .. Text(3, "eth0"), .. Text(4, "if_octets"), .. Values((2, Whole(5)), (0, Whole(6))), .. Text(2, "cpu"), .. Text(3, ""), .. Text(4, "percent"), .. Text(5, "idle"), .. Number(1, (ulong)s_second - 1), .. Values((1, Gauge(98))),
        ];
        var report = harness.Feed(harness.Decoders.CollectdPackets(), packet);
        Assert.Equal((5, 0), (report.Accepted, report.Rejected));
        var offset = DecoderHarness.Now % TimeSpan.TicksPerSecond;
        Assert.Equal(
            [
                $"load.shortterm{{host=web1}}@{-offset}=0.5", $"load.longterm{{host=web1}}@{-offset}=2", $"interface.if_octets.rx{{host=web1,plugin_instance=eth0}}@{-offset}=5",
                $"interface.if_octets.tx{{host=web1,plugin_instance=eth0}}@{-offset}=6", $"cpu.percent{{host=web1,type_instance=idle}}@{-offset - TimeSpan.TicksPerSecond}=98",
            ],
            harness.Points);
    }

    [Fact]
    public void Packet_CutOrDamagedAnywhere_NeverThrowsAndInventsNothing()
    {
        byte[] whole = [.. Text(0, "web1"), .. Text(2, "load"), .. Text(4, "load"), .. Values((1, Gauge(1)), (1, Gauge(2)), (1, Gauge(3)))];
        for (var length = 1; length < whole.Length; length++)
        {
            var harness = new DecoderHarness();
            Assert.Equal(0, harness.Feed(harness.Decoders.CollectdPackets(), whole[..length]).Accepted);
        }

        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var damaged = whole.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            var harness = new DecoderHarness();
            Assert.InRange(harness.Feed(harness.Decoders.CollectdPackets(), damaged).Accepted, 0, 3);
        }
    }

    [Theory]
    [InlineData(0x0210, RejectReason.Unsupported)]
    [InlineData(0x0200, RejectReason.Unsupported)]
    [InlineData(0x0100, RejectReason.Unsupported)]
    public void Packet_EncryptedSignedOrOfANotification_IsToldAsSuch(int kind, RejectReason reason)
    {
        var harness = new DecoderHarness();
        Assert.Equal(reason, harness.Feed(harness.Decoders.CollectdPackets(), Text(kind, "x")).Errors.Single().Reason);
    }

    private static byte[] Part(int kind, ReadOnlySpan<byte> body)
    {
        var part = new byte[4 + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(part, (ushort)kind);
        BinaryPrimitives.WriteUInt16BigEndian(part.AsSpan(2), (ushort)part.Length);
        body.CopyTo(part.AsSpan(4));
        return part;
    }

    private static byte[] Text(int kind, string text) => Part(kind, [.. Encoding.UTF8.GetBytes(text), 0]);

    private static byte[] Number(int kind, ulong number) => Part(kind, Whole(number));

    private static byte[] Values(params (byte Kind, byte[] Value)[] values) => Part(6, [0, (byte)values.Length, .. values.Select(static one => one.Kind), .. values.SelectMany(static one => one.Value)]);

    private static byte[] Gauge(double value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Whole(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }
}
