using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class FieldFormatTests
{
    [Theory]
    [InlineData(1284, null, null, "1,284")]
    [InlineData(1284.567, 2, null, "1,284.57")]
    [InlineData(1284, null, "visits", "1,284 visits")]
    [InlineData(-1234567.31, null, "visits", "-1,234,567.3 visits")]
    [InlineData(1284.5, 2, "visits", "1,284.50 visits")]
    [InlineData(0.125, 1, "percent", "0.1 %")]
    [InlineData(-0.01, 1, "percent", "0.0 %")]
    [InlineData(0.25, 0, "seconds", "250 ms")]
    [InlineData(double.NaN, null, "visits", "–")]
    public void Format_UnitAndPlaces_AsThePersonChose(double value, int? decimals, string? unit, string expected) =>
        Assert.Equal(expected, FieldFormat.Of(new FieldConfig { Unit = unit, Decimals = decimals }, ValueUnit.Number).Format(value).ToString());

    [Fact]
    public void Of_NoUnitChosen_TakesTheSeries() => Assert.Equal(ValueUnit.Bytes, FieldFormat.Of(FieldConfig.Default, ValueUnit.Bytes).Unit);

    [Theory]
    [InlineData(40, "40 s")]
    [InlineData(85, "1 min 25 s")]
    [InlineData(900, "15 min")]
    [InlineData(3 * 3600, "3 h")]
    [InlineData(90_000, "25 h")]
    [InlineData(180_000, "2 d 2 h")]
    public void Duration_InItsTwoLargestUnits(int seconds, string expected) => Assert.Equal(expected, FieldFormat.Duration(TimeSpan.FromSeconds(seconds)));
}
