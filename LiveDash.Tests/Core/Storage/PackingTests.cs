using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Core.Storage;

public class PackingTests
{
    public static TheoryData<long[]> Longs => new()
    {
        new long[] { 0 },
        new long[] { long.MinValue, long.MaxValue, 0, -1, 1 },
        Enumerable.Range(0, 512).Select(static i => 638_000_000_000_000_000L + (i * 10_000_000L)).ToArray(),
        Enumerable.Range(0, 513).Select(static i => (long)i * i * i).ToArray(),
        Enumerable.Range(0, 300).Select(static i => i == 200 ? long.MaxValue : i).ToArray(),
    };

    [Theory]
    [MemberData(nameof(Longs))]
    public void PackedLongs_Encoded_DecodeToTheSame(long[] values)
    {
        Assert.Equal(values, RoundTrip(values));
    }

    [Fact]
    public void PackedLongs_EveryWidthAndLength_DecodeToTheSame()
    {
        var random = new Random(1);
        for (var width = 0; width <= 64; width++)
        {
            foreach (var count in (int[])[1, 2, 127, 128, 129, 512])
            {
                var values = Enumerable.Range(0, count).Select(_ => width == 0 ? 7 : random.NextInt64(long.MinValue, long.MaxValue) >>> (64 - width)).ToArray();
                Assert.Equal(values, RoundTrip(values));
            }
        }
    }

    [Fact]
    public void PackedLongs_ConstantStep_TakesNoBitsAPoint()
    {
        var writer = new BlobWriter();
        PackedLongs.Encode(Enumerable.Range(0, 512).Select(static i => 638_000_000_000_000_000L + (i * 12_345L)).ToArray(), writer);
        Assert.True(writer.Length < 32, $"It took {writer.Length} bytes.");
    }

    [Theory]
    [InlineData(0.0, -0.0)]
    [InlineData(0.1, 0.2, 0.3, 1234567.8)]
    [InlineData(1e300, -1e-300, double.Epsilon, double.MaxValue)]
    [InlineData(double.NaN, 1.5, 2.5)]
    [InlineData(9007199254740993.0, 1, 0.5)]
    [InlineData(3.3, 3.3, 3.3)]
    [InlineData(1e15, 0.1)]
    public void PackedDoubles_Encoded_DecodeToTheSameBits(params double[] values)
    {
        Assert.Equal(Bits(values), Bits(RoundTrip(values)));
    }

    [Fact]
    public void PackedDoubles_RandomColumns_DecodeToTheSameBits()
    {
        var random = new Random(2);
        for (var round = 0; round < 300; round++)
        {
            var (kind, scale) = (round % 4, Math.Pow(10, random.Next(-8, 9)));
            var values = Enumerable.Range(0, random.Next(1, 513)).Select(_ => kind switch
            {
                0 => random.NextDouble(),
                1 => Math.Round(random.NextDouble() * scale, random.Next(0, 9)),
                2 => random.Next(-1000, 1000) * scale,
                _ => BitConverter.Int64BitsToDouble(random.NextInt64()),
            }).ToArray();
            Assert.Equal(Bits(values), Bits(RoundTrip(values)));
        }
    }

    [Fact]
    public void BlockCodec_AnyByteDamaged_IsRefused()
    {
        var columns = new PointColumns();
        for (var i = 0; i < 700; i++) columns.Add(i * 1000, i + 1, i / 4.0, i % 3 == 0 ? i : double.NaN, 1, (ulong)(i % 2));
        var body = new BlobWriter();
        BlockCodec.Encode(columns.View, 0, 700, body, new BlobWriter());
        var bytes = body.Written.ToArray();
        Assert.Equal(2, BlockCodec.ReadDirectory(bytes).Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => BlockCodec.ReadDirectory(bytes));
            bytes[i] ^= 0x10;
        }

        for (var length = 0; length < bytes.Length; length++) Assert.Throws<InvalidDataException>(() => BlockCodec.ReadDirectory(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void LogCodec_AnyByteDamaged_IsRefused()
    {
        var group = new PointGroup();
        for (var i = 0; i < 50; i++) group.Add(i % 3, i * 1000, i / 4.0, i % 3 == 0 ? i : double.NaN, 1, (ulong)(i % 2));
        var writer = new BlobWriter();
        LogCodec.Encode(group, writer);
        var bytes = writer.Written.ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => LogCodec.Decode(bytes, new PointGroup()));
            bytes[i] ^= 0x10;
        }
    }

    private static long[] RoundTrip(long[] values)
    {
        var writer = new BlobWriter();
        PackedLongs.Encode(values, writer);
        writer.Take(PackedLongs.Padding).Clear();
        var decoded = new long[values.Length];
        var reader = new BlobReader(writer.Written);
        PackedLongs.Decode(ref reader, decoded);
        reader.Take(PackedLongs.Padding);
        return decoded;
    }

    private static double[] RoundTrip(double[] values)
    {
        var writer = new BlobWriter();
        PackedDoubles.Encode(values, writer);
        writer.Take(PackedLongs.Padding).Clear();
        var decoded = new double[values.Length];
        var reader = new BlobReader(writer.Written);
        PackedDoubles.Decode(ref reader, decoded);
        return decoded;
    }

    private static long[] Bits(double[] values) => Array.ConvertAll(values, BitConverter.DoubleToInt64Bits);
}
