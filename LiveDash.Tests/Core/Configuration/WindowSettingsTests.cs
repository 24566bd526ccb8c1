using LiveDash.Core.Configuration;
using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Configuration;

public sealed class WindowSettingsTests
{
    [Fact]
    public void Choose_TwoOverridesMatch_TheFirstDecides()
    {
        var plan = new WindowPlan(new WindowSettings
        {
            Default = "500",
            Overrides =
            [
                new() { Series = "cpu.load{host=web*}", Window = "5m", Lateness = "0" },
                new() { Series = "cpu.*", Window = "tumbling 1m", Lateness = "2s" },
                new() { Series = "mem", Window = "30s" },
            ],
        });

        Assert.Equal(("5m", TimeSpan.Zero), Chosen(plan, "cpu.load{host=web1,zone=a}"));
        Assert.Equal(("tumbling 1m", TimeSpan.FromSeconds(2)), Chosen(plan, "cpu.load{host=db1}"));
        Assert.Equal(("30s", TimeSpan.FromSeconds(5)), Chosen(plan, "mem"));
        Assert.Equal(("500", TimeSpan.FromSeconds(5)), Chosen(plan, "mem{host=a}"));
    }

    [Fact]
    public void Validate_Initial_HasNoFault() => Assert.Empty(WindowSettingsValidator.Validate(WindowSettings.Initial));

    [Theory]
    [InlineData("", "cpu", "5m", null, "default")]
    [InlineData("often", "cpu", "5m", null, "default")]
    [InlineData("500", "", "5m", null, "overrides[0].series")]
    [InlineData("500", "cpu{host", "5m", null, "overrides[0].series")]
    [InlineData("500", "cpu", "5 parsecs", null, "overrides[0].window")]
    [InlineData("500", "cpu", "0", null, "overrides[0].window")]
    [InlineData("500", "cpu", "5m", "soon", "overrides[0].lateness")]
    [InlineData("500", "cpu", "5m", "61m", "overrides[0].lateness")]
    [InlineData(null, "cpu", "5m", null, "default")]
    [InlineData("500", null, "5m", null, "overrides[0].series")]
    [InlineData("500", "cpu", null, null, "overrides[0].window")]
    public void Validate_OneFault_NamesTheField(string? window, string? series, string? own, string? lateness, string field)
    {
        var settings = new WindowSettings { Default = window!, Overrides = [new() { Series = series!, Window = own!, Lateness = lateness }] };

        var fault = Assert.Single(WindowSettingsValidator.Validate(settings));

        Assert.Equal(field, fault.Field);
        Assert.NotEmpty(fault.Detail);
    }

    [Fact]
    public void Validate_ManyFaults_TellsAll()
    {
        var settings = new WindowSettings { Default = "x", Overrides = [new() { Series = "a", Window = "y" }, new() { Series = "a", Window = "5m" }, null!] };

        Assert.Equal(
            ["default", "overrides[0].window", "overrides[1].series", "overrides[2]"],
            WindowSettingsValidator.Validate(settings).Select(static fault => fault.Field));
    }

    [Fact]
    public void Validate_TooManyOverrides_IsRefused()
    {
        var settings = new WindowSettings
        {
            Overrides = [.. Enumerable.Range(0, WindowSettingsValidator.MaxOverrides + 1).Select(static i => new WindowOverride { Series = $"s{i}", Window = "5m" })],
        };

        Assert.Equal("overrides", Assert.Single(WindowSettingsValidator.Validate(settings)).Field);
    }

    private static (string Window, TimeSpan Lateness) Chosen(WindowPlan plan, string series)
    {
        Assert.True(SeriesKey.TryParse(series, out var key));
        var choice = plan.Choose(key!);
        return (choice.Spec.ToString(), choice.Lateness);
    }
}
