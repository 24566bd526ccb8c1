using LiveDash.Core.Model;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("cpu.usage", QuantityKind.Percent)]
    [InlineData("mem.used_percent", QuantityKind.Percent)]
    [InlineData("mem.used_bytes", QuantityKind.Bytes)]
    [InlineData("net.rx_bytes", QuantityKind.BytesPerSecond)]
    [InlineData("disk.read_bytes_per_second", QuantityKind.BytesPerSecond)]
    [InlineData("http_request_duration_seconds", QuantityKind.Seconds)]
    [InlineData("latency_ms", QuantityKind.Milliseconds)]
    [InlineData("orders.count", QuantityKind.Plain)]
    public void KindOf_Name_TellsTheUnit(string name, QuantityKind kind) => Assert.Equal(kind, Quantity.KindOf(new SeriesKey(name)));

    [Theory]
    [InlineData(0, QuantityKind.Plain, "0")]
    [InlineData(21.5, QuantityKind.Plain, "21.5")]
    [InlineData(-3.14159, QuantityKind.Plain, "-3.142")]
    [InlineData(12345.678, QuantityKind.Plain, "12,346")]
    [InlineData(1_234_567, QuantityKind.Plain, "1.235M")]
    [InlineData(0.00123456, QuantityKind.Plain, "0.001235")]
    [InlineData(1e-9, QuantityKind.Plain, "1e-9")]
    [InlineData(3e25, QuantityKind.Plain, "3e+25")]
    [InlineData(double.NaN, QuantityKind.Percent, "–")]
    [InlineData(42.25, QuantityKind.Percent, "42.25 %")]
    [InlineData(512, QuantityKind.Bytes, "512 B")]
    [InlineData(1536, QuantityKind.Bytes, "1.5 KiB")]
    [InlineData(3.2e9, QuantityKind.BytesPerSecond, "2.98 GiB/s")]
    [InlineData(0.0042, QuantityKind.Seconds, "4.2 ms")]
    [InlineData(90, QuantityKind.Milliseconds, "90 ms")]
    [InlineData(200_000, QuantityKind.Seconds, "2.315 d")]
    public void Format_Value_HasTheFiguresAndTheUnit(double value, QuantityKind kind, string text) => Assert.Equal(text, Quantity.Format(value, kind));
}
