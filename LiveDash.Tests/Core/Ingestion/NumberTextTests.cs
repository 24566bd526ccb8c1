using System.Buffers.Text;
using System.Globalization;
using System.Text;
using LiveDash.Core.Ingestion.Decoding;

namespace LiveDash.Tests.Core.Ingestion;

/// <summary>The fast way to numbers gives, to the bit, what the plain parser gives, and refuses what it refuses.</summary>
public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("-.5")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("+5")]
    [InlineData("+-5")]
    [InlineData("--5")]
    [InlineData("1.2.3")]
    [InlineData("1e5")]
    [InlineData("1e")]
    [InlineData("9007199254740992")]
    [InlineData("9007199254740993")]
    [InlineData("999999999999999999")]
    [InlineData("1234567890123456789")]
    [InlineData("0.000000000000000001")]
    [InlineData("000000000000000000000001.5")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("5_000")]
    public void TryParse_Number_IsWhatTheParserReads(string text) => AssertSame(text);

    [Fact]
    public void TryParse_AnyDecimal_IsTheParsersToTheBit()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var value = (random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-12, 16));
            AssertSame(value.ToString("F" + random.Next(0, 17), CultureInfo.InvariantCulture));
            AssertSame(value.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1764000000000000000")]
    [InlineData("12345678")]
    [InlineData("1764000000000")]
    [InlineData("1764000000000000000")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("9999999999999999999")]
    [InlineData("99999999999999999999")]
    [InlineData("0000000000000000001")]
    [InlineData("1764000000000000x00")]
    [InlineData("17640000:0000000000")]
    [InlineData("176400000000000000/")]
    [InlineData("1764000000.0")]
    [InlineData("")]
    public void TryParse_Whole_IsWhatTheParserReads(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var good = Utf8Parser.TryParse(bytes, out long expected, out var used) && used == bytes.Length;
        Assert.Equal(good, NumberText.TryParse(bytes, out long value));
        if (good) Assert.Equal(expected, value);
    }

    private static void AssertSame(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var good = Utf8Parser.TryParse(bytes, out double expected, out var used) && used == bytes.Length;
        Assert.True(good == NumberText.TryParse(bytes, out double value), text);
        if (good) Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(value), text);
    }
}
