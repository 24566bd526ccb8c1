using Bunit;
using LiveDash.Core.Configuration;
using LiveDash.Core.Storage;
using LiveDash.Tests.Core.Storage;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Web.Components;

/// <summary>The form of downsampling over a true store: what it says before anything is put in force, and that it asks first.</summary>
public sealed class TierPanelTests : BunitContext, IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private TempStore _store = null!;
    private TierSettingsBook _book = null!;

    public async Task InitializeAsync()
    {
        _store = await TempStore.OpenAsync();
        var first = (_store.Clock.Ticks - TimeSpan.FromDays(30).Ticks) / TimeSpan.TicksPerDay * TimeSpan.TicksPerDay;
        var series = _store.Series("cpu.load");
        await _store.AppendAsync(Enumerable.Range(0, 4_096).Select(i => new StoredPoint(series, first + (i * TimeSpan.TicksPerSecond), i % 100)));
        await _store.SealAsync();
        _book = new TierSettingsBook(_store.Documents, _store.Engine, _store.Options, NullLogger<TierSettingsBook>.Instance);
        Services.AddSingleton(_book);
        Services.AddSingleton<IStoreTiers>(_store.Engine);
        Services.AddSingleton(_store.Options);
        Services.AddSingleton<TimeProvider>(_store.Clock);
        Services.AddSingleton(static _ => Visitors.Anybody);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        _book.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Panel_APatternByFields_SaysWhatItCostsAndIsInForceOnceItWasConfirmed()
    {
        var panel = Render<TierPanel>();
        Assert.Contains("kept as they came", panel.Markup, StringComparison.Ordinal);
        await Click(panel, "Pattern");
        await panel.Find("input.mono").InputAsync(new ChangeEventArgs { Value = "cpu.*" });
        Assert.Contains("1 series", panel.Markup, StringComparison.Ordinal);
        Assert.Equal(["4,096", "at most 69"], Cells(panel, 0));
        // The second tier shorter than the first: told beside it, and nothing can be put in force.
        await panel.Find("[aria-label='Pattern 1, tier 2: age']").InputAsync(new ChangeEventArgs { Value = "5" });
        Assert.Contains("must keep each tier longer", panel.Find(".error").TextContent, StringComparison.Ordinal);
        Assert.True(Button(panel, "Put in force").HasAttribute("disabled"));
        await panel.Find("[aria-label='Pattern 1, tier 2: age']").InputAsync(new ChangeEventArgs { Value = "20" });
        await panel.Find("[aria-label='Pattern 1, tier 3: step']").ChangeAsync(new ChangeEventArgs { Value = "6h" });
        Assert.Equal(["4,096", "at most 1"], Cells(panel, 0));

        await Click(panel, "Put in force");
        Assert.Empty(_book.Current.Tiers);
        Assert.Contains("At most 1 of 4,096 sealed rows are left", panel.Markup, StringComparison.Ordinal);
        await Click(panel, "Downsample for good");

        panel.WaitForAssertion(() => Assert.Contains("In force; what is due", panel.Markup, StringComparison.Ordinal), s_patience);
        Assert.Equal("raw for 7d, 1m for 20d, 6h for 2y", Assert.Single(_book.Current.Tiers).Keep);
        await _store.StepAsync(_store.Clock.GetUtcNow());
        Assert.Single(await _store.ScanAsync(0));
    }

    // Neither shows in the headers of blocks: a burst has as many steps between its times as it has points, and what is not sealed has no header.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Panel_PointsWhoseLossNoHeaderTells_AsksAllTheSame(bool isSealed)
    {
        var first = (_store.Clock.Ticks - TimeSpan.FromDays(30).Ticks) / TimeSpan.TicksPerDay * TimeSpan.TicksPerDay;
        var series = _store.Series("burst.load");
        await _store.AppendAsync(((int[])[0, 1, 3_600, 3_601]).Select(second => new StoredPoint(series, first + (second * TimeSpan.TicksPerSecond), second)));
        if (isSealed) await _store.SealAsync();
        var panel = Render<TierPanel>();
        await Click(panel, "Pattern");
        await panel.Find("input.mono").InputAsync(new ChangeEventArgs { Value = "burst.*" });
        Assert.Equal(isSealed ? ["4", "at most 4"] : ["0", "at most 0"], Cells(panel, 0));

        await Click(panel, "Put in force");

        Assert.Empty(_book.Current.Tiers);
        Assert.Contains("points that are not sealed yet follow", panel.Find(".notice.warn").TextContent, StringComparison.Ordinal);
        await Click(panel, "Downsample for good");
        panel.WaitForAssertion(() => Assert.Single(_book.Current.Tiers), s_patience);
        Assert.Contains("after a day where LiveDash does not know yet", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_APatternGoesThatKeptWhatRetentionDeletes_Asks()
    {
        _store.Options.RetentionDays = 20;
        await _book.SaveAsync(new TierSettings { Tiers = [new TierSetting { Series = "cpu.*", Keep = "raw for 99d" }] }, default);
        var panel = Render<TierPanel>();
        await Click(panel, "Remove pattern");

        await Click(panel, "Put in force");

        Assert.Single(_book.Current.Tiers);
        Assert.Contains("kept for 20 days, what is older goes", panel.Find(".notice.warn").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_WhatOthersPutInForce_IsShownUnlessSomethingIsEdited()
    {
        var panel = Render<TierPanel>();
        await _book.SaveAsync(new TierSettings { Tiers = [new TierSetting { Series = "mem.*", Keep = "raw for 7d" }] }, default);
        panel.WaitForAssertion(() => Assert.Equal("mem.*", panel.Find("input.mono").GetAttribute("value")), s_patience);
        await panel.Find("input.mono").InputAsync(new ChangeEventArgs { Value = "mem.free" });

        await _book.SaveAsync(new TierSettings(), default);

        panel.WaitForAssertion(() => Assert.Contains("Somebody else put other tiers in force", panel.Markup, StringComparison.Ordinal), s_patience);
        await Click(panel, "Discard tiers");
        Assert.Empty(panel.FindAll("input.mono"));
    }

    private static string[] Cells(IRenderedComponent<TierPanel> panel, int row) => [.. panel.FindAll(".tier-cost tbody tr")[row].QuerySelectorAll("td").Select(static cell => cell.TextContent)];

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<TierPanel> panel, string text) => panel.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private static Task Click(IRenderedComponent<TierPanel> panel, string text) => Button(panel, text).ClickAsync(new());
}
