using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class DashboardHistoryTests
{
    private readonly DashboardHistory _history = new();

    [Fact]
    public void UndoAndRedo_AnyEdits_LeadBackAndForth()
    {
        var random = new Random(9);
        var states = new List<Dashboard> { Of() };
        for (var i = 0; i < 30; i++)
        {
            var now = states[^1];
            var any = now.Panels.Count > 0 ? now.Panels[random.Next(now.Panels.Count)].Id : "";
            var next = random.Next(4) switch
            {
                0 when any.Length > 0 => DashboardLayout.Remove(now, any),
                1 when any.Length > 0 => DashboardLayout.Move(now, any, random.Next(12), random.Next(8)),
                2 when any.Length > 0 => DashboardLayout.Resize(now, any, random.Next(1, 12), random.Next(1, 8)),
                _ => DashboardLayout.Add(now, Panel($"p{i}")),
            };
            _history.Add($"edit {i}", now, next);
            if (!next.Panels.SequenceEqual(now.Panels)) states.Add(next);
        }

        var current = states[^1];
        for (var i = states.Count - 2; i >= 0; i--) Assert.Equal(states[i].Panels, (current = _history.Undo()!(current)).Panels);
        Assert.Null(_history.Undo());
        for (var i = 1; i < states.Count; i++) Assert.Equal(states[i].Panels, (current = _history.Redo()!(current)).Panels);
        Assert.Null(_history.Redo());
    }

    [Fact]
    public void Undo_SomebodyElseAddedMeanwhile_KeepsTheirs()
    {
        var before = DashboardLayout.Add(Of(), Panel("a"));
        var after = DashboardLayout.Remove(before, "a");
        _history.Add("removed", before, after);

        var undone = _history.Undo()!(DashboardLayout.Add(after, Panel("theirs")));

        Assert.Equal(["a", "theirs"], undone.Panels.Select(static panel => panel.Id).Order());
        Assert.DoesNotContain(undone.Panels, one => undone.Panels.Any(two => one.Id != two.Id && DashboardLayout.Overlap(one, two)));
    }

    [Fact]
    public void Undo_SomebodyElseEditedAnotherMeanwhile_KeepsTheirEdit()
    {
        var before = DashboardLayout.Add(DashboardLayout.Add(Of(), Panel("a")), Panel("b"));
        var after = DashboardLayout.Move(before, "a", 8, 0);
        _history.Add("moved", before, after);

        var undone = _history.Undo()!(DashboardLayout.Replace(after, after.Find("b")! with { Title = "Theirs" }));

        Assert.Equal("Theirs", undone.Find("b")!.Title);
        Assert.Equal((0, 0), (undone.Find("a")!.X, undone.Find("a")!.Y));
    }

    [Fact]
    public void Add_NothingChanged_IsNoStep()
    {
        _history.Add("nothing", Of(), Of());

        Assert.Null(_history.UndoText);
    }

    [Fact]
    public void Add_AfterUndo_ForgetsWhatWasUndone()
    {
        var one = DashboardLayout.Add(Of(), Panel("a"));
        _history.Add("one", Of(), one);
        _history.Undo();
        Assert.Equal("one", _history.RedoText);

        _history.Add("two", Of(), DashboardLayout.Add(Of(), Panel("b")));

        Assert.Null(_history.RedoText);
    }

    private static Dashboard Of() => new() { Id = "d", Name = "D" };

    private static DashboardPanel Panel(string id) => new() { Id = id, Kind = PanelKind.Chart, Series = ["s"], W = 4, H = 3 };
}
