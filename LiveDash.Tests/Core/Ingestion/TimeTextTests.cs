using System.Globalization;
using System.Text;
using LiveDash.Core.Ingestion;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class TimeTextTests
{
    private static readonly long s_now = Ticks("2026-11-21T10:00:00Z");

    [Theory]
    [InlineData("2026-11-21T10:00:00Z", "2026-11-21T10:00:00.0000000Z")]
    [InlineData("2026-11-21T10:00:00.5Z", "2026-11-21T10:00:00.5000000Z")]
    [InlineData("2026-11-21T10:00:00,123Z", "2026-11-21T10:00:00.1230000Z")]
    [InlineData("2026-11-21T10:00:00.123456789Z", "2026-11-21T10:00:00.1234567Z")]
    [InlineData("2026-11-21T12:00:00+02:00", "2026-11-21T10:00:00.0000000Z")]
    [InlineData("2026-11-21T04:30:00-0530", "2026-11-21T10:00:00.0000000Z")]
    [InlineData("2026-11-21T12:00:00+02", "2026-11-21T10:00:00.0000000Z")]
    [InlineData("2026-11-21 10:00", "2026-11-21T10:00:00.0000000Z")]
    [InlineData("2026-11-21", "2026-11-21T00:00:00.0000000Z")]
    [InlineData("2026-11", "2026-11-01T00:00:00.0000000Z")]
    [InlineData("2026", "2026-01-01T00:00:00.0000000Z")]
    [InlineData("0001", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00.0000000Z")]
    [InlineData("1763719200000", "2025-11-21T10:00:00.0000000Z")]
    [InlineData("1763719200000.25", "2025-11-21T10:00:00.0002500Z")]
    [InlineData("1.7637192e12", "2025-11-21T10:00:00.0000000Z")]
    [InlineData("0", "1970-01-01T00:00:00.0000000Z")]
    [InlineData("-1000", "1969-12-31T23:59:59.0000000Z")]
    [InlineData("now", "2026-11-21T10:00:00.0000000Z")]
    [InlineData(" now ", "2026-11-21T10:00:00.0000000Z")]
    [InlineData("now-1h", "2026-11-21T09:00:00.0000000Z")]
    [InlineData("now - 15m", "2026-11-21T09:45:00.0000000Z")]
    [InlineData("now+250ms", "2026-11-21T10:00:00.2500000Z")]
    [InlineData("now-1d", "2026-11-20T10:00:00.0000000Z")]
    [InlineData("now-2w", "2026-11-07T10:00:00.0000000Z")]
    [InlineData("now-1y", "2025-11-21T10:00:00.0000000Z")]
    [InlineData("now-1h30m", "2026-11-21T08:30:00.0000000Z")]
    [InlineData("now+1m250ms", "2026-11-21T10:01:00.2500000Z")]
    public void TryParse_GoodText_IsUtcTicks(string text, string expected)
    {
        Assert.True(TimeText.TryParse(text, s_now, out var ticks));
        Assert.Equal(expected, new DateTime(ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture));
        Assert.True(TimeText.TryParse(Encoding.UTF8.GetBytes(text), s_now, out var same));
        Assert.Equal(ticks, same);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("yesterday")]
    [InlineData("12/24/2026")]
    [InlineData("Saturday")]
    [InlineData("10:00")]
    [InlineData("2026-13-01")]
    [InlineData("2025-02-29")]
    [InlineData("2026-11-21T24:00:00Z")]
    [InlineData("2026-11-21T10:60:00Z")]
    [InlineData("2026-11-21T10:00:60Z")]
    [InlineData("2026-11-21T10:00:00.Z")]
    [InlineData("2026-11-21T10:00:00Zjunk")]
    [InlineData("2026-11-21T10:00:00+99:00")]
    [InlineData("2026-11-21T")]
    [InlineData("2026-11-21Q10:00")]
    [InlineData("0000")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999999999")]
    [InlineData("253402300800000")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData("now-")]
    [InlineData("now-1")]
    [InlineData("now-1q")]
    [InlineData("now-1h30")]
    [InlineData("now-1h-30m")]
    [InlineData("now*1h")]
    [InlineData("now-999999999999w")]
    [InlineData("nowhere")]
    [InlineData("2026-11-21T10:00:00Z................................................")]
    [InlineData("२०२६")]
    public void TryParse_BadText_IsRefused(string text)
    {
        Assert.False(TimeText.TryParse(text, s_now, out _));
        Assert.False(TimeText.TryParse(Encoding.UTF8.GetBytes(text), s_now, out _));
    }

    [Theory]
    [InlineData("2026-11-21T10:00:00Z")]
    [InlineData("2026-11-21T10:00:00.120Z")]
    [InlineData("2026-11-21T10:00:00.123456Z")]
    [InlineData("2026-11-21T10:00:00.1234567Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public void Format_AnyTicks_ReadsBackTheSame(string text)
    {
        Assert.True(TimeText.TryParse(text, 0, out var ticks));
        Assert.Equal(text, TimeText.Format(ticks));
        var utf8 = new byte[28];
        Assert.True(TimeText.TryFormat(ticks, utf8, out var written));
        Assert.Equal(text, Encoding.UTF8.GetString(utf8, 0, written));
    }

    [Fact]
    public void EpochMs_OutsideOfDateTime_IsRefusedWithoutThrowing()
    {
        Assert.False(TimeText.TryFromEpochMs(long.MaxValue, out _));
        Assert.False(TimeText.TryFromEpochMs(long.MinValue, out _));
        Assert.False(TimeText.TryFromEpochMs(double.NaN, out _));
        Assert.False(TimeText.TryFromEpochMs(double.PositiveInfinity, out _));
        Assert.True(TimeText.TryFromEpochMs(-62_135_596_800_000, out var first));
        Assert.Equal(0, first);
        Assert.Equal(-1, TimeText.ToEpochMs(DateTime.UnixEpoch.Ticks - 1));
    }

    private static long Ticks(string iso) => DateTime.Parse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal).Ticks;
}
