using System.Globalization;
using System.Text;
using LiveDash.Web.Api.Reading;

namespace LiveDash.Tests.Web.Api.Reading;

public sealed class Utf8TextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1, "1")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(-0.000001, "-0.000001")]
    [InlineData(123456.789, "123456.789")]
    [InlineData(999999999.999999, "999999999.999999")]
    [InlineData(1e9, "1000000000")]
    [InlineData(1e21, "1E+21")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(1e-7, "1E-07")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.Epsilon, "5E-324")]
    [InlineData(12.05, "12.05")]
    public void Write_Number_GivesTheText(double value, string expected) => Assert.Equal(expected, Text(value));

    [Fact]
    public void Write_ManyNumbers_ReadBackAsTheSameBits()
    {
        var random = new Random(7);
        for (var i = 0; i < 200_000; i++)
        {
            var value = (i % 4) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64()),
                1 => Math.Round((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(12)), random.Next(8)),
                2 => random.NextDouble() * 1000,
                _ => random.Next(-5000, 5000) / 1000.0,
            };
            if (!double.IsFinite(value)) continue;

            var text = Text(value);

            Assert.True(text.Length <= Utf8Text.MaxNumber, text);
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)));
        }
    }

    [Theory]
    [InlineData("2026-11-21T09:30:00.0000000Z", "2026-11-21T09:30:00.000Z")]
    [InlineData("2026-11-21T09:30:59.1230000Z", "2026-11-21T09:30:59.123Z")]
    [InlineData("2026-11-21T09:30:59.1230001Z", "2026-11-21T09:30:59.1230001Z")]
    [InlineData("0001-01-01T00:00:00.0000000Z", "0001-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    public void Clock_Time_IsIso8601(string time, string expected)
    {
        var ticks = DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).UtcTicks;
        var clock = new Utf8Clock();
        Span<byte> text = stackalloc byte[Utf8Clock.MaxLength];

        var length = clock.Write(ticks, text);

        Assert.Equal(expected, Encoding.UTF8.GetString(text[..length]));
    }

    [Fact]
    public void Clock_ManyTimes_EqualTheFrameworksText()
    {
        var random = new Random(8);
        var clock = new Utf8Clock();
        Span<byte> text = stackalloc byte[Utf8Clock.MaxLength];
        var ticks = new DateTime(2026, 2, 28, 23, 59, 0, DateTimeKind.Utc).Ticks;
        for (var i = 0; i < 20_000; i++)
        {
            ticks += random.NextInt64(-30 * TimeSpan.TicksPerSecond, 40 * TimeSpan.TicksPerSecond);
            var length = clock.Write(ticks, text);

            var format = ticks % TimeSpan.TicksPerMillisecond == 0 ? "yyyy-MM-ddTHH:mm:ss.fffZ" : "yyyy-MM-ddTHH:mm:ss.fffffffZ";
            Assert.Equal(new DateTime(ticks, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture), Encoding.UTF8.GetString(text[..length]));
        }
    }

    private static string Text(double value)
    {
        Span<byte> text = stackalloc byte[Utf8Text.MaxNumber];
        return Encoding.UTF8.GetString(text[..Utf8Text.Write(value, text)]);
    }
}
