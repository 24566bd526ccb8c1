using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// What one page did to one dashboard, to be undone and redone. An entry holds the panels before and after; undoing puts back those before and leaves what
/// somebody else changed meanwhile in other panels. For one circuit; at most <see cref="MaxEntries"/>, the oldest go.
/// </summary>
public sealed class DashboardHistory
{
    /// <summary>How many edits can be taken back.</summary>
    public const int MaxEntries = 100;

    private readonly List<Entry> _done = [];
    private readonly Stack<Entry> _undone = new();

    /// <summary>What the next undo takes back, in words; null for nothing.</summary>
    public string? UndoText => _done.Count > 0 ? _done[^1].Text : null;

    /// <summary>What the next redo does again; null for nothing.</summary>
    public string? RedoText => _undone.TryPeek(out var entry) ? entry.Text : null;

    /// <summary>Forgets everything, for another dashboard.</summary>
    public void Clear()
    {
        _done.Clear();
        _undone.Clear();
    }

    /// <summary>Takes note of an edit; one that changed nothing is none. What was undone is gone.</summary>
    /// <param name="text">What was done, such as "Moved CPU".</param>
    /// <param name="before">The dashboard before.</param>
    /// <param name="after">And after.</param>
    public void Add(string text, Dashboard before, Dashboard after)
    {
        if (before.Panels.SequenceEqual(after.Panels) && before.Name == after.Name) return;
        _done.Add(new(text, before, after));
        if (_done.Count > MaxEntries) _done.RemoveAt(0);
        _undone.Clear();
    }

    /// <summary>The change that takes the newest edit back; null for nothing to undo.</summary>
    public Func<Dashboard, Dashboard>? Undo()
    {
        if (_done.Count == 0) return null;
        var entry = _done[^1];
        _done.RemoveAt(_done.Count - 1);
        _undone.Push(entry);
        return current => Turn(current, entry.After, entry.Before);
    }

    /// <summary>The change that does the edit again that was undone last; null for none.</summary>
    public Func<Dashboard, Dashboard>? Redo()
    {
        if (!_undone.TryPop(out var entry)) return null;
        _done.Add(entry);
        return current => Turn(current, entry.Before, entry.After);
    }

    private static Dashboard Turn(Dashboard current, Dashboard from, Dashboard to)
    {
        // Nobody else was here meanwhile: all is as it was, places too.
        if (current.Panels.SequenceEqual(from.Panels)) return current with { Panels = to.Panels, Name = to.Name };
        var others = current.Panels.Where(panel => from.Find(panel.Id) is null).ToList();
        var kept = to.Panels.Select(panel => current.Find(panel.Id) is { } now && from.Find(panel.Id) is { } was && now != was ? now with { X = panel.X, Y = panel.Y } : panel)
            .Where(panel => current.Find(panel.Id) is not null || from.Find(panel.Id) is null);
        return DashboardLayout.Settled(current with { Panels = [.. kept, .. others] });
    }

    private sealed record Entry(string Text, Dashboard Before, Dashboard After);
}
