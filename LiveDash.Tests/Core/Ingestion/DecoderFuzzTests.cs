using System.Text;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Ingestion;

/// <summary>
/// Every decoder of a text format under a seeded mutator: no exception, nothing left unaccounted, the same however the bytes are cut, and no point of a series that the
/// bytes do not name. The seed of a failure stands in its message and goes into <see cref="Seeds"/>.
/// </summary>
public sealed class DecoderFuzzTests
{
    private const int Rounds = 150;

    private static readonly string[] s_influx =
    [
        "cpu,host=a usage=1.5,idle=98i,on=t 1764000000000000000\ncpu,host=b usage=2 1764000000000000001\n",
        "m msg=\"first\nfake value=99\nend\",v=1 1764000000000000000\nm,t=\\ x v=2u\n# comment \"\nm v=\"a\\\"b\\\\\",w=3\n",
    ];

    private static readonly string[] s_json =
    [
        "{\"series\":\"cpu.load\",\"tags\":{\"host\":\"a\"},\"t\":1764000000000,\"value\":1.5,\"pt\":[1,2],\"id\":\"x\"}\n{\"series\":\"b\",\"value\":9007199254740993}\n",
        "[{\"series\":\"a\",\"value\":1},{\"series\":\"b\\u0041\",\"value\":-2e3,\"t\":\"2025-11-01T00:00:00Z\"}]",
    ];

    private static readonly string[] s_csv =
    [
        "time,item,value\n2025-11-01T00:00:00Z,pipe 16\",1\n2025-11-01T00:01:00Z,\"a\nb, \"\"c\"\"\",2\n",
        "sep=;\r\ntime;value\r\n01.11.2025 10:00;1,5\r\n13.11.2025 10:00;1.234,5\r\n",
    ];

    private static readonly string[] s_geo =
    [
        "{\"metadata\":{\"features\":[1]},\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]},\"properties\":{\"mag\":1.5}}]}",
        "{\"type\":\"MultiPoint\",\"coordinates\":[[1,2],[3,4,5]]}",
    ];

    /// <summary>Seeds that once failed, and the first ones of every run.</summary>
    public static TheoryData<int> Seeds => [1, 2, 3, 5, 8, 13];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Influx_AnyBytes_AreAccounted(int seed) => Fuzz(seed, s_influx, static (harness, bytes, piece) => harness.Feed(harness.Decoders.Influx(InfluxPrecision.Nanoseconds), bytes, piece));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Json_AnyBytes_AreAccounted(int seed) => Fuzz(seed, s_json, static (harness, bytes, piece) => harness.Feed(harness.Decoders.Json(EpochUnit.Auto), bytes, piece));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Csv_AnyBytes_AreAccounted(int seed) => Fuzz(seed, s_csv, static (harness, bytes, piece) =>
        harness.Import(ImportFormat.Csv, new ImportMap { Series = "csv", Time = "time", Values = ["value"], FileId = "f" }, bytes, piece));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void GeoJson_AnyBytes_AreAccounted(int seed) => Fuzz(seed, s_geo, static (harness, bytes, piece) =>
        harness.Import(ImportFormat.GeoJson, new ImportMap { Series = "geo", FileId = "f" }, bytes, piece));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rows_AnyBytes_AreAccounted(int seed) => Fuzz(seed, s_json, static (harness, bytes, piece) =>
        harness.Import(ImportFormat.Json, new ImportMap { Series = "rows", Values = ["value"], Time = "t", AllowOld = true, FileId = "f" }, bytes, piece));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Preview_AnyBytes_IsAPreview(int seed)
    {
        var random = new Random(seed);
        foreach (var text in s_influx.Concat(s_json).Concat(s_csv).Concat(s_geo))
        {
            for (var round = 0; round < Rounds; round++) Assert.NotNull(FilePreview.Read(Mutate(Encoding.UTF8.GetBytes(text), random), "file"));
        }
    }

    internal static void Fuzz(int seed, string[] corpus, Func<DecoderHarness, byte[], int, IngestReport> run)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutate(Encoding.UTF8.GetBytes(corpus[random.Next(corpus.Length)]), random);
            var at = $"seed {seed}, round {round}: {Convert.ToHexString(bytes)}";
            try
            {
                // The harness holds the account to its sum.
                var (whole, cut) = (Read(bytes, int.MaxValue, run), Read(bytes, random.Next(1, 9), run));
                Assert.True(whole == cut, $"{at}\n{whole}\n{cut}");
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{at}\n{exception}");
            }
        }
    }

    private static string Read(byte[] bytes, int piece, Func<DecoderHarness, byte[], int, IngestReport> run)
    {
        var harness = new DecoderHarness(new Limits { MaxLineBytes = 1024 });
        try
        {
            var report = run(harness, bytes, piece);
            var text = Encoding.Latin1.GetString(bytes);
            foreach (var point in harness.Points) Assert.True(IsNamed(harness, point, text), $"{point} is of no series that the bytes name.");
            // How a fault is told may depend on how the bytes came: too long, or unfinished.
            return string.Join('|', harness.Points) + "#" + (report.Rejected > 0);
        }
        catch (ImportQuestionException question)
        {
            return question.Parameter;
        }
    }

    // A series' first letters stand in the bytes, or the map names it.
    private static bool IsNamed(DecoderHarness harness, string point, string text)
    {
        var name = new string([.. point.TakeWhile(static c => char.IsAsciiLetter(c))]);
        return name.Length == 0 || text.Contains('\\', StringComparison.Ordinal) || text.Contains(name, StringComparison.Ordinal) || name is "csv" or "geo" or "rows" or "log";
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var i = random.Next(1, 6); i > 0 && list.Count > 0; i--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(6))
            {
                case 0: list[at] = (byte)random.Next(256); break;
                case 1: list.RemoveAt(at); break;
                case 2: list.Insert(at, "\"\\\n,=; {}[]:.-+e0#\r"u8[random.Next(18)]); break;
                case 3: list.RemoveRange(at, Math.Min(random.Next(20), list.Count - at)); break;
                case 4: list.InsertRange(at, list.GetRange(at, Math.Min(random.Next(40), list.Count - at))); break;
                default: list.InsertRange(at, Enumerable.Repeat(list[at], random.Next(2, random.Next(2, 1500)))); break;
            }
        }

        return [.. list];
    }
}
