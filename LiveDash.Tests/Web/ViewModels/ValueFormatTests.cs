using LiveDash.Core.Model;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public class ValueFormatTests
{
    [Theory]
    [InlineData(0, ValueUnit.Bytes, "0 B")]
    [InlineData(1023, ValueUnit.Bytes, "1,023 B")]
    [InlineData(1024, ValueUnit.Bytes, "1 KiB")]
    [InlineData(5.74 * 1024 * 1024 * 1024, ValueUnit.Bytes, "5.74 GiB")]
    [InlineData(1536, ValueUnit.BytesPerSecond, "1.5 KiB/s")]
    [InlineData(71.66, ValueUnit.Percent, "71.7 %")]
    [InlineData(100, ValueUnit.Percent, "100 %")]
    [InlineData(0.125, ValueUnit.Ratio, "12.5 %")]
    [InlineData(0.0745, ValueUnit.Number, "0.0745")]
    [InlineData(0.12345, ValueUnit.Number, "0.123")]
    [InlineData(999.999, ValueUnit.Number, "1,000")]
    [InlineData(1204.4, ValueUnit.Number, "1,204")]
    [InlineData(1204, ValueUnit.PerSecond, "1,204 /s")]
    [InlineData(1204, ValueUnit.Watt, "1.2 kW")]
    [InlineData(99_999, ValueUnit.Number, "100 k")]
    [InlineData(40_812, ValueUnit.Number, "40,812")]
    [InlineData(-408_120, ValueUnit.Number, "-408.1 k")]
    [InlineData(-1_500_000, ValueUnit.Number, "-1.5 M")]
    [InlineData(0.00012, ValueUnit.Number, "1.2e-4")]
    [InlineData(250, ValueUnit.PerSecond, "250 /s")]
    [InlineData(0.0005, ValueUnit.Seconds, "500 µs")]
    [InlineData(5400, ValueUnit.Seconds, "1.5 h")]
    [InlineData(1500, ValueUnit.Milliseconds, "1.5 s")]
    [InlineData(double.NaN, ValueUnit.Bytes, "–")]
    [InlineData(-0.0, ValueUnit.Number, "0")]
    public void Format_Value_ReadsWell(double value, ValueUnit unit, string expected) =>
        Assert.Equal(expected, ValueFormat.Format(value, unit).ToString());

    [Theory]
    [InlineData("mem.used_bytes", ValueUnit.Bytes)]
    [InlineData("net.rx_bytes", ValueUnit.BytesPerSecond)]
    [InlineData("http.bytes_per_second", ValueUnit.BytesPerSecond)]
    [InlineData("cpu.usage", ValueUnit.Percent)]
    [InlineData("disk.used_percent", ValueUnit.Percent)]
    [InlineData("request.latency_ms", ValueUnit.Milliseconds)]
    [InlineData("cpu.atoms", ValueUnit.Number)]
    [InlineData("uptime{unit=seconds}", ValueUnit.Seconds)]
    [InlineData("x{unit=%}", ValueUnit.Percent)]
    [InlineData("coords", ValueUnit.Number)]
    public void UnitOf_Series_ByTagThenByName(string series, ValueUnit expected)
    {
        Assert.True(SeriesKey.TryParse(series, out var key));
        Assert.Equal(expected, ValueFormat.UnitOf(key!));
    }
}
