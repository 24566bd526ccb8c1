using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Configuration;

public sealed class DashboardBookTests : IDisposable
{
    private readonly MemoryDocumentStore _store = new();
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly DashboardBook _book;

    public DashboardBookTests() => _book = new DashboardBook(_store, _catalog);

    public void Dispose() => _book.Dispose();

    [Fact]
    public async Task All_FirstRun_IsTheAutomaticOneAndFollowsNewSeries()
    {
        await _book.LoadAsync(default);
        Assert.Empty(Assert.Single(_book.All).Panels);

        Intern("cpu.usage");
        Intern("orders.latency");

        var panels = _book.Find(HostDashboard.Id)!.Panels;
        Assert.Contains(panels, panel => panel.Kind == PanelKind.Stat && panel.Series.SequenceEqual(["cpu.usage"]));
        Assert.Contains(panels, panel => panel.Kind == PanelKind.Chart && panel.Series.SequenceEqual(["orders.latency"]));
    }

    [Fact]
    public void Automatic_OfAWholeHost_BeginsWithWhatIsLookedForFirstInNamedSections()
    {
        // As they come: what few look for first is known first.
        foreach (var text in new[]
        {
            "fs.inodes_used_percent{mount=/}", "process.mem_bytes{name=sshd}", "sensor.celsius{sensor=cpu}", "self.cpu", "net.rx_bytes{if=eth0}", "net.rx_errors{if=eth0}", "disk.read_bytes{device=sda}",
            "disk.used_percent{mount=/}", "mem.used_percent", "mem.used_bytes", "load.1m", "cpu.usage", "orders.latency",
        }) Intern(text);

        var panels = HostDashboard.Make(_catalog).Panels;

        Assert.Equal(["CPU", "Memory", "Disk", "Load"], panels.Take(4).Select(static panel => panel.Title));
        Assert.Equal(["orders.latency"], panels[4].Series);
        Assert.Equal(
            ["Processor", "Memory", "Disks", "Network", "Processes and services", "Disks, memory and network in depth", "Sensors", "LiveDash itself"],
            panels.Where(static panel => panel.Kind == PanelKind.Section).Select(static panel => panel.Title));
        Assert.Equal([false, false, false, false, true, true, true, true], panels.Where(static panel => panel.Kind == PanelKind.Section).Select(static panel => panel.IsCollapsed));
        Assert.Equal(["Processor", "CPU", "Load", "Memory", "Memory", "Disks", "Disk throughput", "Disk space used", "Network", "Network", "Network errors and drops"], panels.Skip(5).Take(11).Select(static panel => panel.Title));
        // Alone in its row: all of it; two side by side: half each.
        Assert.Equal([12, 12, 6, 6], new[] { "orders.latency", "fs.inodes_used_percent{mount=*}", "disk.read_bytes{device=*}", "disk.used_percent{mount=*}" }.Select(text => panels.Single(panel => panel.Kind == PanelKind.Chart && panel.Series[0] == text).W));
        Assert.Equal(panels, DashboardLayout.Settled(new Dashboard { Id = "a", Name = "a", Panels = panels }).Panels);
    }

    [Fact]
    public void HostNames_AreThoseThatAreSampledAndNoOthers()
    {
        // Read from the samplers' own text: which of them this machine has does not matter.
        var sampled = Architecture.SourceTree.Files(".cs")
            .Where(static file => file.Path.StartsWith("LiveDash.Core/Ingestion/Sources/", StringComparison.Ordinal))
            .SelectMany(static file => System.Text.RegularExpressions.Regex.Matches(file.Text, @"(?:\.Gauge|\.Rate|Tell)\((?:sample, )?""([a-z0-9_.]+)""").Select(static match => match.Groups[1].Value))
            .ToList();

        Assert.True(sampled.Count > 50);
        Assert.All(sampled, static name => Assert.True(HostDashboard.IsHosts(name), name));
        Assert.True(HostDashboard.IsHosts(HostDashboard.FailedSignIns));
        Assert.False(HostDashboard.IsHosts("net.latency"));
        Assert.False(HostDashboard.IsHosts("process.orders"));
    }

    [Fact]
    public async Task UpdateAsync_OfTheAutomaticOne_MakesItAPersonsAndKeepsIt()
    {
        Intern("cpu.usage");
        await _book.LoadAsync(default);
        var changes = 0;
        _book.Changed += () => changes++;

        await _book.UpdateAsync(HostDashboard.Id, d => d with { Name = "Mine" }, default);
        Intern("other");

        using var restarted = new DashboardBook(_store, _catalog);
        await restarted.LoadAsync(default);
        var kept = Assert.Single(restarted.All);
        Assert.Equal(("Mine", false), (kept.Name, kept.IsAutomatic));
        Assert.DoesNotContain(kept.Panels, panel => panel.Series.Contains("other"));
        Assert.Equal(1, changes);
    }

    [Fact]
    public async Task Missing_SeriesAfterAnEdit_AreOfferedUntilShownOrForgotten()
    {
        Intern("orders.count");
        await _book.LoadAsync(default);
        Assert.Empty(HostDashboard.Missing(_book.Find(HostDashboard.Id)!, _catalog));

        await _book.UpdateAsync(HostDashboard.Id, d => d with { Name = "Mine" }, default);
        Assert.Empty(HostDashboard.Missing(_book.Find(HostDashboard.Id)!, _catalog));
        Intern("orders.latency");
        Intern("cpu.usage");

        var offered = Assert.Single(HostDashboard.Missing(_book.Find(HostDashboard.Id)!, _catalog));
        Assert.Equal(["orders.latency"], offered.Series);
        await _book.UpdateAsync(HostDashboard.Id, d => DashboardLayout.Add(d, offered), default);
        Assert.Empty(HostDashboard.Missing(_book.Find(HostDashboard.Id)!, _catalog));
    }

    [Fact]
    public async Task Names_OfTwoDashboards_AreNeverTheSame()
    {
        await _book.LoadAsync(default);
        var first = await _book.CreateAsync("Shop", default);
        var second = await _book.CreateAsync("shop", default);
        var copy = await _book.AddCopyAsync(first, default);

        Assert.Equal(["Shop", "shop (2)", "Shop (3)"], new[] { first, second, copy }.Select(static d => d.Name));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => _book.UpdateAsync(second.Id, d => d with { Name = "SHOP" }, default));
        Assert.Contains("“SHOP”", fault.Message, StringComparison.Ordinal);
        Assert.Equal("shop (2)", _book.Find(second.Id)!.Name);
    }

    [Fact]
    public async Task RemoveAsync_OfTheAutomaticOne_LastsUntilRestored()
    {
        await _book.LoadAsync(default);
        await _book.RemoveAsync(HostDashboard.Id, default);
        using var restarted = new DashboardBook(_store, _catalog);
        await restarted.LoadAsync(default);
        Assert.Empty(restarted.All);

        await restarted.RestoreAutomaticAsync(default);

        Assert.True(Assert.Single(restarted.All).IsAutomatic);
    }

    [Fact]
    public async Task CreateAsync_SameNameTwice_GetsAnAddressOfItsOwn()
    {
        await _book.LoadAsync(default);

        var first = await _book.CreateAsync("Web Servers!", default);
        var second = await _book.CreateAsync("Web servers", default);
        var third = await _book.CreateAsync("Host", default);

        Assert.Equal(["web-servers", "web-servers-2", "host-2"], [first.Id, second.Id, third.Id]);
    }

    [Fact]
    public async Task UpdateAsync_TwoPeopleAtOnce_BothGetTheirWay()
    {
        await _book.LoadAsync(default);
        var id = (await _book.CreateAsync("Shared", default)).Id;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _book.UpdateAsync(
            id, d => DashboardLayout.Add(d, new DashboardPanel { Id = $"t{i}", Kind = PanelKind.Stat, Series = ["s"], W = 3, H = 2 }), default)));

        Assert.Equal(20, _book.Find(id)!.Panels.Count);
    }

    [Fact]
    public async Task UpdateAsync_DiskFull_ThrowsAndChangesNothing()
    {
        await _book.LoadAsync(default);
        var id = (await _book.CreateAsync("Kept", default)).Id;
        _store.Failure = new StoreFullException("full");

        await Assert.ThrowsAsync<StoreFullException>(() => _book.UpdateAsync(id, d => d with { Name = "Lost" }, default));

        Assert.Equal("Kept", _book.Find(id)!.Name);
    }

    [Fact]
    public async Task LoadAsync_UnreadableDocument_ReportsItAndKeepsItUntouched()
    {
        await _store.ApplyAsync([new DocumentChange(DashboardBook.Kind, "bad", "{"u8.ToArray())], default);
        await _book.LoadAsync(default);

        Assert.Equal("bad", Assert.Single(_book.Unreadable).Id);
        Assert.Equal("bad-2", (await _book.CreateAsync("bad", default)).Id);
        Assert.Equal("{"u8.ToArray(), await _store.GetAsync(DashboardBook.Kind, "bad", default));
    }

    [Fact]
    public void Make_NameWithSeveralSeries_UsesWildcards()
    {
        Intern("http.latency{host=a}");
        Intern("http.latency{host=b}");

        var panel = Assert.Single(HostDashboard.Make(_catalog).Panels);

        Assert.Equal(["http.latency{host=*}"], panel.Series);
    }

    [Fact]
    public void Make_SeriesComesLater_LeavesTheOtherPanelsTheirIds()
    {
        Intern("cpu.usage");
        Intern("mem.used_percent");
        var before = HostDashboard.Make(_catalog).Panels.Select(panel => panel.Id).ToList();

        Intern("mine");

        Assert.Superset(before.ToHashSet(), HostDashboard.Make(_catalog).Panels.Select(panel => panel.Id).ToHashSet());
    }

    [Fact]
    public void Make_WhatIsSent_StandsAboveTheHostsCharts()
    {
        foreach (var name in new[] { "cpu.usage", "net.rx_bytes{if=eth0}", "net.rx_bytes{if=lo}", "mine" }) Intern(name);

        var panels = HostDashboard.Make(_catalog).Panels;

        Assert.Equal([["cpu.usage"], ["mine"], ["cpu.usage"], ["net.rx_bytes{if=eth0}"]], panels.Where(static panel => panel.Kind != PanelKind.Section).Select(static panel => panel.Series));
    }

    [Fact]
    public void Make_PointsWithAPlace_GetAGrid()
    {
        Intern("coords");

        Assert.Equal(PanelKind.Grid, Assert.Single(HostDashboard.Make(_catalog).Panels).Kind);
    }

    private void Intern(string series)
    {
        Assert.True(SeriesKey.TryParse(series, out var key));
        Assert.True(_catalog.TryIntern(key!, out _));
    }
}
