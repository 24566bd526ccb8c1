using LiveDash.Core.Ingestion;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class SeriesUnitsTests
{
    [Theory]
    [InlineData("cpu.usage", SeriesUnit.Percent)]
    [InlineData("net.rx_bytes", SeriesUnit.BytesPerSecond)]
    [InlineData("mem.used_bytes", SeriesUnit.Bytes)]
    [InlineData("disk.used_percent", SeriesUnit.Percent)]
    [InlineData("request_duration_seconds", SeriesUnit.Seconds)]
    [InlineData("latency_ms", SeriesUnit.Milliseconds)]
    [InlineData("http.bytes_per_second", SeriesUnit.BytesPerSecond)]
    [InlineData("jobs_per_second", SeriesUnit.PerSecond)]
    [InlineData("bytes", SeriesUnit.Bytes)]
    [InlineData("items", SeriesUnit.None)]
    [InlineData("kilobytes", SeriesUnit.None)]
    [InlineData("load.1m", SeriesUnit.None)]
    [InlineData("", SeriesUnit.None)]
    public void Of_Name_TellsTheUnit(string name, SeriesUnit unit) => Assert.Equal(unit, SeriesUnits.Of(name));
}
