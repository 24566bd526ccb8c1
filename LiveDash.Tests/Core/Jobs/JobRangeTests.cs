using LiveDash.Core.Jobs;

namespace LiveDash.Tests.Core.Jobs;

public class JobRangeTests
{
    private static readonly long Now = new DateTime(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc).Ticks;

    [Theory]
    [InlineData("2001", "2021", "2001-01-01", "2022-01-01")]
    [InlineData("2001", "2001", "2001-01-01", "2002-01-01")]
    [InlineData("2001-03", "2001-04", "2001-03-01", "2001-05-01")]
    [InlineData("2001-03-05", "2001-03-05", "2001-03-05", "2001-03-06")]
    [InlineData("2001-03-05T10:00:00Z", "2001-03-05T11:30:00+01:00", "2001-03-05T10:00", "2001-03-05T10:30")]
    [InlineData("now-1h", "now", "2026-11-21T11:00", "2026-11-21T12:00")]
    [InlineData("0", "1000000000000", "1970-01-01", "2001-09-09T01:46:40")]
    [InlineData("9998", "9999", "9998-01-01", "9999-12-31T23:59:59.9999999")]
    public void Read_Good_HalfOpenRange(string start, string end, string from, string to)
    {
        Assert.Empty(JobRange.Read(start, end, Now, out var range));

        Assert.Equal(Utc(from), range.From);
        Assert.Equal(Utc(to), range.To);
    }

    [Theory]
    [InlineData("2021", "2001", "end")]
    [InlineData("now", "now", "end")]
    [InlineData("yesterday", "now", "start")]
    [InlineData("now-1h", "later", "end")]
    public void Read_Fault_NamesTheField(string start, string end, string field) =>
        Assert.Equal(field, Assert.Single(JobRange.Read(start, end, Now, out _)).Field);

    private static long Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc).Ticks;
}
