using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Tests.Core.Configuration;

public sealed class DashboardLayoutTests
{
    [Fact]
    public void Add_RowWithRoom_FillsItFromTheLeftBeforeTheNext()
    {
        var dashboard = Of();
        for (var i = 0; i < 5; i++) dashboard = DashboardLayout.Add(dashboard, Panel($"s{i}", 9, 9, 3, 2));

        Assert.Equal([(0, 0), (3, 0), (6, 0), (9, 0), (0, 2)], dashboard.Panels.Select(t => (t.X, t.Y)));
    }

    [Fact]
    public void Move_OntoUpperHalf_PushesTheOtherBelow()
    {
        var dashboard = Of(Panel("a", 0, 0, 6, 4), Panel("b", 0, 4, 6, 4));

        var moved = DashboardLayout.Move(dashboard, "b", 0, 1);

        Assert.Equal(["b", "a"], moved.Panels.Select(t => t.Id));
        Assert.Equal([0, 4], moved.Panels.Select(t => t.Y));
    }

    [Fact]
    public void Move_OntoLowerHalf_StaysBelow()
    {
        var dashboard = Of(Panel("a", 0, 0, 6, 4), Panel("b", 0, 4, 6, 4));

        Assert.Equal(["a", "b"], DashboardLayout.Move(dashboard, "b", 0, 3).Panels.Select(t => t.Id));
    }

    [Fact]
    public void Move_PastTheEdge_StaysWithin()
    {
        var moved = DashboardLayout.Move(Of(Panel("a", 0, 0, 6, 4), Panel("b", 0, 4, 6, 4)), "b", 40, -7);

        Assert.Equal((6, 0), (moved.Find("b")!.X, moved.Find("b")!.Y));
    }

    [Fact]
    public void Move_Away_LeavesNoHoleBesideNorAbove()
    {
        var dashboard = Of(Panel("a", 0, 0, 6, 4), Panel("b", 6, 0, 6, 4), Panel("c", 0, 4, 12, 2));

        var swapped = DashboardLayout.Move(dashboard, "a", 6, 0);
        var below = DashboardLayout.Move(dashboard, "a", 0, 9);

        Assert.Equal([("b", 0, 0), ("a", 6, 0), ("c", 0, 4)], swapped.Panels.Select(static p => (p.Id, p.X, p.Y)));
        Assert.Equal([("b", 0, 0), ("c", 0, 4), ("a", 0, 6)], below.Panels.Select(static p => (p.Id, p.X, p.Y)));
    }

    [Fact]
    public void Move_OneColumn_IsNotUndoneByTheHoleItLeaves()
    {
        var moved = DashboardLayout.Move(Of(Panel("a", 0, 0, 6, 4), Panel("b", 6, 0, 6, 4)), "a", 1, 0);

        Assert.Equal([("a", 1, 0), ("b", 0, 4)], moved.Panels.Select(static p => (p.Id, p.X, p.Y)));
    }

    [Fact]
    public void MovePast_Neighbour_SwapsAndBack()
    {
        var dashboard = Of(Panel("a", 0, 0, 6, 4), Panel("b", 0, 4, 6, 3));

        var down = DashboardLayout.MovePast(dashboard, "a", 1);
        var back = DashboardLayout.MovePast(down, "a", -1);

        Assert.Equal(["b", "a"], down.Panels.Select(t => t.Id));
        Assert.Equal(dashboard.Panels, back.Panels);
    }

    [Fact]
    public void Resize_Wider_PushesTheNeighbourDown()
    {
        var dashboard = Of(Panel("a", 0, 0, 6, 4), Panel("b", 6, 0, 6, 4));

        var resized = DashboardLayout.Resize(dashboard, "a", 8, 4);

        Assert.Equal((8, 0), (resized.Find("a")!.W, resized.Find("a")!.Y));
        Assert.Equal(4, resized.Find("b")!.Y);
    }

    [Fact]
    public void Remove_InTheMiddle_ClosesTheHole()
    {
        var dashboard = Of(Panel("a", 0, 0, 12, 4), Panel("b", 0, 4, 12, 4), Panel("c", 0, 8, 12, 4));

        Assert.Equal(4, DashboardLayout.Remove(dashboard, "b").Find("c")!.Y);
    }

    [Fact]
    public void AnyChange_OfRandomDashboards_NeverOverlapsNorLeavesAHoleAboveOrLeft()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var dashboard = Of();
            for (var i = 0; i < 12; i++) dashboard = DashboardLayout.Add(dashboard, Panel($"t{i}", 0, 0, random.Next(1, 13), random.Next(1, 7)));
            string? placed = null;
            for (var step = 0; step < 20; step++)
            {
                var id = $"t{random.Next(12)}";
                var (before, change) = (dashboard, random.Next(4));
                dashboard = change switch
                {
                    0 => DashboardLayout.Move(dashboard, id, random.Next(12), random.Next(30)),
                    1 => DashboardLayout.Resize(dashboard, id, random.Next(1, 13), random.Next(1, 8)),
                    2 => DashboardLayout.MovePast(dashboard, id, random.Next(2) == 0 ? -1 : 1),
                    _ => DashboardLayout.Remove(dashboard, id),
                };
                AssertSettled(dashboard);
                // What was changed last stays in its column.
                if (!ReferenceEquals(before, dashboard)) placed = change == 3 ? null : id;
                Assert.Equal(dashboard.Panels, DashboardLayout.CloseGaps(dashboard, placed).Panels);
            }
        }
    }

    private static void AssertSettled(Dashboard dashboard)
    {
        foreach (var panel in dashboard.Panels)
        {
            Assert.InRange(panel.X, 0, DashboardLayout.Columns - panel.W);
            Assert.DoesNotContain(dashboard.Panels, other => other.Id != panel.Id && DashboardLayout.Overlap(panel, other));
            Assert.True(panel.Y == 0 || dashboard.Panels.Any(other => other.SharesColumnWith(panel) && other.Bottom == panel.Y), "a panel hangs in the air");
        }
    }

    [Fact]
    public void Remove_OneOfARow_ClosesTheHoleBothWays()
    {
        var dashboard = DashboardLayout.Remove(Of(Panel("a", 0, 0, 3, 2), Panel("b", 3, 0, 3, 2), Panel("c", 6, 0, 3, 2), Panel("d", 0, 2, 12, 4)), "a");

        Assert.Equal([("b", 0, 0), ("c", 3, 0), ("d", 0, 2)], dashboard.Panels.Select(t => (t.Id, t.X, t.Y)));
    }

    [Fact]
    public void CloseGaps_AnyLayout_LeavesNoWayLeftOrUp()
    {
        var random = new Random(4);
        for (var round = 0; round < 200; round++)
        {
            var dashboard = Of();
            for (var i = 0; i < 10; i++)
            {
                var w = random.Next(1, 7);
                dashboard = DashboardLayout.Settled(dashboard with { Panels = [.. dashboard.Panels, Panel($"p{i}", random.Next(0, 13 - w), random.Next(0, 20), w, random.Next(1, 6))] });
            }

            var closed = DashboardLayout.CloseGaps(dashboard);

            AssertSettled(closed);
            Assert.DoesNotContain(closed.Panels, panel => panel.X > 0 && !closed.Panels.Any(other => other.Id != panel.Id && DashboardLayout.Overlap(panel with { X = panel.X - 1 }, other)));
        }
    }

    [Fact]
    public void Duplicate_RoomBeside_StandsThereElseBelow()
    {
        var beside = DashboardLayout.Duplicate(Of(Panel("a", 0, 0, 6, 4)), "a", "b").Find("b")!;
        var below = DashboardLayout.Duplicate(Of(Panel("a", 0, 0, 12, 4), Panel("c", 0, 4, 12, 4)), "a", "b");

        Assert.Equal((6, 0), (beside.X, beside.Y));
        Assert.Equal(["a", "b", "c"], below.Panels.Select(static t => t.Id));
        AssertSettled(below);
    }

    [Fact]
    public void Visible_SectionFolded_HidesItsPanelsAndMovesTheRestUp()
    {
        var section = new DashboardPanel { Id = "s", Kind = PanelKind.Section, Title = "More", W = 12, H = 1, Y = 4, IsCollapsed = true };
        var dashboard = DashboardLayout.Compact(Of(Panel("a", 0, 0, 6, 4), section, Panel("b", 0, 5, 6, 4), section with { Id = "t", Y = 9, IsCollapsed = false }, Panel("c", 0, 10, 6, 4)));

        Assert.Equal([("a", 0), ("s", 4), ("t", 5), ("c", 6)], DashboardLayout.Visible(dashboard).Select(static t => (t.Id, t.Y)));
        Assert.Equal(5, dashboard.Panels.Count);
    }

    private static Dashboard Of(params DashboardPanel[] panels) => new() { Id = "d", Name = "D", Panels = panels };

    private static DashboardPanel Panel(string id, int x, int y, int w, int h) =>
        new() { Id = id, Kind = PanelKind.Chart, Series = ["s"], X = x, Y = y, W = w, H = h };
}
