using System.Text;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Tests.Core.Ingestion;

namespace LiveDash.Tests.Regressions;

/// <summary>CSV as spreadsheets and loggers write it: each was read wrong, or not at all, without a word.</summary>
public sealed class CsvTests
{
    private static readonly ImportMap s_map = new() { Series = "s", Time = "time", Values = ["value"], FileId = "f" };

    [Theory]
    // A quote within a cell is text, and swallows no row.
    [InlineData("time,item,value\n2025-11-01T00:00:00Z,pipe 16\",1\n2025-11-01T00:01:00Z,valve,2\n2025-11-01T00:02:00Z,pipe 12\",3\n2025-11-01T00:03:00Z,valve,4\n", "0:1 60:2 120:3 180:4")]
    [InlineData("time,item,value\n2025-11-01T00:00:00Z,\"16 pipe,1\n2025-11-01T00:01:00Z,\"valve\",2\n", "0:1 60:2")]
    [InlineData("time,item,value\n2025-11-01T00:00:00Z,\"never closed,1\n2025-11-01T00:01:00Z,b,2", "0:1 60:2")]
    // What a quoted cell holds is text, whatever it looks like.
    [InlineData("time,item,value\n2025-11-01T00:00:00Z,\"first\n2025-11-01T00:05:00Z,fake,99\nend\",1\r\n2025-11-01T00:01:00Z,\"a \"\"b\"\"\" ,2\n", "0:1 60:2")]
    // Separators and line ends.
    [InlineData("sep=;\ntime;value\n2025-11-01T00:00:00Z;1\n", "0:1")]
    [InlineData("time|value\r2025-11-01T00:00:00Z|1\r2025-11-01T00:01:00Z|2", "0:1 60:2")]
    [InlineData("time\tvalue\n2025-11-01 00:00:00\t1\n", "0:1")]
    // Decimal commas, by the column and never by the cell.
    [InlineData("time;value\n2025-11-01 00:00:00;1,5\n2025-11-01 00:01:00;-0,25\n2025-11-01 00:02:00;1.234,5\n2025-11-01 00:03:00;1.234\n", "0:1.5 60:-0.25 120:1234.5 180:1234")]
    [InlineData("time,value\n2025-11-01 00:00:00,1.5\n2025-11-01 00:01:00,\"1,234.5\"\n2025-11-01 00:02:00,\"1,234\"\n", "0:1.5 60:1234.5 120:1234")]
    [InlineData("time;value\n2025-11-01 00:00:00;1 234,5\n2025-11-01 00:01:00;2\n", "0:1234.5 60:2")]
    [InlineData("time,value\n2025-11-01 00:00:00,1.234\n2025-11-01 00:01:00,2.5\n", "0:1.234 60:2.5")]
    // Day first, month first, spreadsheets and epochs, over the column.
    [InlineData("time,value\n01/11/2025 00:00,1\n13/10/2025 00:00,2\n01.11.2025 00:02,3\n01-11-2025 00:03,4\n", "0:1 -1641600:2 120:3 180:4")]
    [InlineData("time,value\n11/01/2025,1\n10/13/2025 12:00 AM,2\n11/01/2025 1:00 AM,3\n", "0:1 -1641600:2 3600:3")]
    [InlineData("time;value\n01.11.2025;1\n02.11.2025;2\n", "0:1 86400:2")]
    [InlineData("time,value\n45962,1\n45962.5,2\n45635.25,3\n", "0:1 43200:2 -28231200:3")]
    [InlineData("time,value\n20251101,1\n20251102,2\n", "0:1 86400:2")]
    [InlineData("time,value\n1761955200,1\n1761955260.5,2\n", "0:1 60.5:2")]
    [InlineData("time,value\n1761955200000,1\n1761955260000,2\n", "0:1 60:2")]
    [InlineData("time,value\n1761955200000000,1\n", "0:1")]
    [InlineData("time,value\n1761955200000000000,1\n1761955260000000000,2\n", "0:1 60:2")]
    [InlineData("time;value\n1761955200,25;1\n1761955260,5;2\n", "0.25:1 60.5:2")]
    [InlineData("time,value\n2025-11-01 00:00:00 UTC,1\n20251101T000100Z,2\n20251101T0002,3\n20251101T010300+0100,4\n", "0:1 60:2 120:3 180:4")]
    [InlineData("\"sep=;\"\r\ntime;value\r\n2025-11-01T00:00:00Z;1,5\r\n", "0:1.5")]
    // Several points can only part groups, and so the one in another cell does.
    [InlineData("time\tvalue\n2025-11-01 00:00:00\t1.234\n2025-11-01 00:01:00\t1.234.567\n", "0:1234 60:1234567")]
    // The month by its name, and the year first in other ways.
    [InlineData("time,value\n1 Nov 2025,1\n\"Nov 1, 2025 00:01\",2\n01-Nov-2025 00:02:00,3\n01-Nov-25 00:03:00,4\n\"Sat, 01 Nov 2025 00:04:00 GMT\",5\n2025/11/01 00:05,6\n2025.11.1 00:06,7\n", "0:1 60:2 120:3 180:4 240:5 300:6 360:7")]
    public async Task Import_TrueFile_IsReadAsMeant(string file, string expected)
    {
        foreach (var encoding in new[] { "utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE", "iso-8859-1", "utf-16-unmarked" })
        {
            var (points, report) = await Task.Run(() => Read(file, encoding, s_map));
            Assert.Equal(expected, points);
            Assert.Empty(report.Errors);
        }
    }

    [Theory]
    [InlineData("10:00")]
    [InlineData("2:30 PM")]
    [InlineData("Nov 9")]
    [InlineData("9 Nov 10:00")]
    [InlineData("Nov 9 10:00:00 +0100")]
    [InlineData("3/4")]
    [InlineData("1-5")]
    [InlineData("11/2025")]
    [InlineData("Saturday")]
    [InlineData("2025-11-01T10:00:00Z or so, which is more than a time and longer than any")]
    public void Import_TimeThatDoesNotSayItsYearOrDay_IsRefusedAndNotTakenForOneOfToday(string time)
    {
        var (points, report) = Read($"time,value\n2025-11-01T00:00:00Z,1\n2025-11-01T00:01:00Z,2\n\"{time}\",3\n", "utf-8", s_map);
        Assert.Equal("0:1 60:2", points);
        Assert.Equal(RejectReason.BadTime, report.Errors.Single().Reason);
    }

    [Theory]
    [InlineData("time,value\n03/02/2025 10:00,1\n04/02/2025,2\n")]
    [InlineData("time,value\n13/02/2025,1\n02/13/2025,2\n")]
    [InlineData("time,value\n25-11-09,1\n25-11-10,2\n")]
    [InlineData("time,value\n17,1\n18,2\n")]
    public void Import_TimeThatCanBeReadInTwoWays_IsAskedFor(string file)
    {
        var question = Assert.Throws<ImportQuestionException>(() => Read(file, "utf-8", s_map));
        Assert.Equal("timeFormat", question.Parameter);
    }

    [Theory]
    [InlineData(TimeFormat.Dmy, "2025-02-03")]
    [InlineData(TimeFormat.Mdy, "2025-03-02")]
    public void Import_FormSaid_IsHeld(TimeFormat format, string expected)
    {
        var harness = new DecoderHarness();
        harness.Import(ImportFormat.Csv, s_map with { TimeFormat = format }, "time,value\n03/02/2025,1\n"u8.ToArray());
        var ticks = long.Parse(harness.Points.Single().Split('@', '=')[1], System.Globalization.CultureInfo.InvariantCulture) + DecoderHarness.Now;
        Assert.Equal(expected, TimeText.Format(ticks)[..10]);
    }

    // Once decided, a cell in another form is refused.
    [Theory]
    [InlineData("time,value\n2025-11-01,1\n2025-11-01,+-5\n", RejectReason.BadValue)]
    [InlineData("time,value\n2025-11-01,1\n2025-11-01,1.2.3\n", RejectReason.BadValue)]
    [InlineData("time,value\n2025-11-01,1,5\n2025-11-01,2\n", RejectReason.BadLine)]
    [InlineData("time,value\n13/02/2025,1\n14/02/2025,2\n02/15/2025,3\n", RejectReason.BadTime, TimeFormat.Dmy)]
    [InlineData("time,value\n1969-07-20,1\n2025-11-01,2\n", RejectReason.Before2000)]
    [InlineData("time,value\n2126-11-01,1\n2025-11-01,2\n", RejectReason.Future)]
    public void Import_CellOfAnotherForm_IsRefusedByReason(string file, RejectReason reason, TimeFormat format = TimeFormat.Auto)
    {
        var (_, report) = Read(file, "utf-8", s_map with { TimeFormat = format });
        Assert.Equal(reason, Assert.Single(report.Errors).Reason);
        if (reason is not (RejectReason.Before2000 or RejectReason.Future)) return;
        Assert.Contains("allowOld=true", report.Errors[0].Detail, StringComparison.Ordinal);
        Assert.Empty(Read(file, "utf-8", s_map with { AllowOld = true }).Report.Errors);
    }

    [Fact]
    public void Import_SeveralValues_EachIsASeries()
    {
        var harness = new DecoderHarness();
        var report = harness.Import(
            ImportFormat.Csv, s_map with { Series = "room{floor=1}", Values = ["temp,hum idity"] }, "time,temp,hum idity\n2025-11-01,20.5,40\n2025-11-02,,41\n2025-11-03,,\n"u8.ToArray());
        Assert.Equal(3, report.Accepted);
        Assert.Equal(["room.temp{floor=1}", "room.hum_idity{floor=1}", "room.hum_idity{floor=1}"], harness.Points.Select(static point => point[..point.IndexOf('@', StringComparison.Ordinal)]));
        Assert.All(report.Errors, static error => Assert.Equal((4L, RejectReason.MissingField), (error.Line, error.Reason)));
        Assert.Equal(2, report.Errors.Count);
    }

    [Fact]
    public void Import_CutAnywhere_ReadsTheSame()
    {
        var bytes = Encoding.UTF8.GetBytes("time;item;value\r\n2025-11-01 00:00:00;\"a\r\nb\";1,5\r2025-11-01 00:01:00;pipe 16\";2\n\n2025-11-01 00:02:00;\"x;3\n");
        var whole = Read(bytes, s_map, int.MaxValue);
        for (var piece = 1; piece < bytes.Length; piece++) Assert.Equal(whole.Points, Read(bytes, s_map, piece).Points);
        Assert.Equal("0:1.5 60:2 120:3", whole.Points);
    }

    [Fact]
    public void Import_Guess_IsTold()
    {
        var (_, report) = Read("time;value\n01.11.2025;1,5\n", "utf-16", s_map);
        Assert.Equal(("utf-16", ";", "dmy", ","), (report.Guesses["encoding"], report.Guesses["separator"], report.Guesses["timeFormat"], report.Guesses["decimal"]));
    }

    [Theory]
    [InlineData("time,value,value\n2025-11-01T00:00:00Z,1,2\n", "value")]
    [InlineData("time,value, time \n2025-11-01T00:00:00Z,1,2025-11-02T00:00:00Z\n", "time")]
    public void Import_ColumnNamedTwice_IsAskedForAndNothingTaken(string file, string name)
    {
        var (points, report) = Read(file, "utf-8", s_map);
        Assert.Equal("", points);
        Assert.StartsWith($"2 columns are called '{name}'", Assert.Single(report.Errors).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_ColumnNobodyAsksFor_MayStandTwice() =>
        Assert.Equal("0:1", Read("time,note,value,note\n2025-11-01T00:00:00Z,a,1,b\n", "utf-8", s_map).Points);

    private static (string Points, IngestReport Report) Read(string text, string encoding, ImportMap map)
    {
        byte[] bytes = encoding == "utf-16-unmarked"
            ? Encoding.Unicode.GetBytes(text)
            : [.. Encoding.GetEncoding(encoding).GetPreamble(), .. Encoding.GetEncoding(encoding).GetBytes(text)];
        return Read(bytes, map, int.MaxValue);
    }

    // Seconds since 2025-11-01, and the value.
    private static (string Points, IngestReport Report) Read(byte[] bytes, ImportMap map, int piece)
    {
        var harness = new DecoderHarness();
        var report = harness.Import(ImportFormat.Csv, map, bytes, piece);
        var start = new DateTime(2025, 11, 1).Ticks;
        return (string.Join(' ', harness.Points.Select(point =>
        {
            var parts = point.Split('@', '=', ' ');
            var ticks = long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) + DecoderHarness.Now - start;
            return FormattableString.Invariant($"{ticks / 1e7}:{parts[2]}");
        })), report);
    }
}
