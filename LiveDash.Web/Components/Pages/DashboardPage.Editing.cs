using System.Text;
using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Storage;
using LiveDash.Web.Components.Dashboards;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Pages;

/// <content>Changing the dashboard: its panels, each step to be undone, and the dashboard as a whole.</content>
public sealed partial class DashboardPage
{
    private PanelEdit? _edit;
    private DashboardPanel? _share;
    private string? _fresh;
    private string? _error;
    private Open _open;
    private bool _editing;

    private enum Open
    {
        None,
        New,
        Rename,
        Import,
        Delete,
        Share,
        Freeze,
        Variables,
    }

    private IReadOnlyList<string> Taken => [.. _all.Where(other => _open == Open.New || other.Id != _dashboard?.Id).Select(static other => other.Name)];

    private IReadOnlyList<string> Folders => [.. _all.Select(static other => other.Folder).Where(static folder => folder.Length > 0).Distinct().Order(StringComparer.OrdinalIgnoreCase)];

    private void Close() => _open = Open.None;

    private void CloseWhatIsOfIt()
    {
        if (_open is Open.Rename or Open.Share or Open.Freeze or Open.Variables or Open.Delete) Close();
        (_edit, _share) = (null, null);
    }

    private void NewPanel() => _edit = new PanelEdit(PanelKind.Chart) { Resolve = _view.Of };

    private void Choose((string Name, string Value) chosen) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(VariableWords.Parameter(chosen.Name), chosen.Value));

    private async Task SaveVariablesAsync(IReadOnlyList<DashboardVariable> variables)
    {
        Close();
        await ChangeAsync("Variables", dashboard => dashboard with { Variables = variables });
    }

    private Task StarAsync(bool starred) => _dashboard is { } current ? Marks.StarAsync(current.Id, starred) : Task.CompletedTask;

    private async Task<Dashboard?> ChangeAsync(string text, Func<Dashboard, Dashboard> change)
    {
        if (_dashboard is not { } current) return null;
        Dashboard? before = null;
        var after = await TryAsync(() => Book.UpdateAsync(
            current.Id,
            newest =>
            {
                before = newest;
                return change(newest);
            },
            _closed.Token));
        if (before is not null && after is not null) _history.Add(text, before, after);
        return after;
    }

    private async Task UndoAsync(bool undo)
    {
        if (_dashboard is not { } current || (undo ? _history.Undo() : _history.Redo()) is not { } change) return;
        await TryAsync(() => Book.UpdateAsync(current.Id, change, _closed.Token));
    }

    private async Task ActAsync((DashboardPanel Panel, PanelAction Action) asked)
    {
        var (panel, action) = asked;
        var name = PanelTitle.Of(panel);
        // What was shown holds the values of variables; what is edited and kept holds the variables.
        var kept = _dashboard?.Find(panel.Id) ?? panel;
        switch (action)
        {
            case PanelAction.FullScreen:
                Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("panel", Panel is null ? panel.Id : null));
                break;
            case PanelAction.Edit:
                Time.Pause(false);
                _edit = new PanelEdit(kept) { Resolve = _view.Of };
                break;
            case PanelAction.Explore:
                Navigation.NavigateTo(PanelAddress.Explore(panel, Time.Range));
                break;
            case PanelAction.Share:
                _share = panel;
                break;
            case PanelAction.Duplicate when _dashboard!.Panels.Count < Dashboard.MaxPanels:
                var id = Guid.NewGuid().ToString("N")[..12];
                if (await ChangeAsync($"“{name}” duplicated", dashboard => DashboardLayout.Duplicate(dashboard, panel.Id, id)) is not null) _fresh = id;
                break;
            case PanelAction.Duplicate:
                _error = TooMany;
                break;
            case PanelAction.Remove:
                if (Panel == panel.Id) Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("panel", (string?)null));
                await ChangeAsync($"“{name}” removed", dashboard => DashboardLayout.Remove(dashboard, panel.Id));
                break;
            case PanelAction.Fold when FoldsForOneself(_dashboard!):
                // Looking is no change: a dashboard that makes itself goes on doing so, and who may not change one folds it for himself.
                await Marks.FoldAsync(_dashboard!, panel.Id, !panel.IsCollapsed);
                Pull();
                break;
            case PanelAction.Fold:
                await ChangeAsync($"“{name}” {(panel.IsCollapsed ? "unfolded" : "folded")}", dashboard => DashboardLayout.Replace(dashboard, kept with { IsCollapsed = !kept.IsCollapsed }));
                break;
        }
    }

    private static string TooMany => $"A dashboard has at most {Dashboard.MaxPanels} panels; make another dashboard for more.";

    private async Task SavePanelAsync(DashboardPanel panel)
    {
        var known = _dashboard?.Find(panel.Id) is not null;
        if (!known && _dashboard?.Panels.Count >= Dashboard.MaxPanels)
        {
            _error = TooMany;
        }
        else
        {
            var name = PanelTitle.Of(panel);
            // One that somebody else moved or removed meanwhile keeps its place, or comes back.
            var kept = await ChangeAsync(
                known ? $"“{name}” edited" : $"“{name}” added",
                dashboard => dashboard.Find(panel.Id) is { } now ? DashboardLayout.Replace(dashboard, panel with { X = now.X, Y = now.Y, W = now.W, H = now.H }) : DashboardLayout.Add(dashboard, panel));
            if (kept is not null && !known) _fresh = panel.Id;
        }

        _edit = null;
    }

    private async Task AddMissingAsync()
    {
        var missing = _missing;
        await ChangeAsync("New series added", dashboard =>
        {
            foreach (var panel in missing)
            {
                if (dashboard.Panels.Count < Dashboard.MaxPanels && dashboard.Find(panel.Id) is null) dashboard = DashboardLayout.Add(dashboard, panel);
            }

            return dashboard with { KnownSeries = Catalog.Count };
        });
        _fresh = missing.Count > 0 ? missing[0].Id : null;
    }

    private Task ForgetMissingAsync() => ChangeAsync("", dashboard => dashboard with { KnownSeries = Catalog.Count });

    private async Task CreateAsync((string Name, string Folder) named)
    {
        Close();
        if (await TryAsync(async () => (Dashboard?)await Book.CreateAsync(named.Name, "", _closed.Token)) is { } created) GoTo(created);
    }

    private async Task ImportAsync(Dashboard dashboard)
    {
        Close();
        if (await TryAsync(async () => (Dashboard?)await Book.AddCopyAsync(dashboard, _closed.Token)) is { } added) GoTo(added);
    }

    private async Task CopyAsync()
    {
        if (await TryAsync(async () => (Dashboard?)await Book.AddCopyAsync(_dashboard!, _closed.Token)) is { } added) GoTo(added);
    }

    private async Task RenameAsync((string Name, string Folder) named)
    {
        Close();
        await ChangeAsync($"Named “{named.Name}”", dashboard => dashboard with { Name = named.Name, Folder = named.Folder });
    }

    private async Task DeleteAsync()
    {
        Close();
        var id = _dashboard!.Id;
        await TryAsync(async () =>
        {
            await Book.RemoveAsync(id, _closed.Token);
            return (Dashboard?)null;
        });
        if (_error is null) Navigation.NavigateTo("");
    }

    private Task RestoreAsync() => TryAsync(async () =>
    {
        await Book.RestoreAutomaticAsync(_closed.Token);
        return (Dashboard?)null;
    });

    private Task ExportAsync() => Script.InvokeVoidAsync(
        "liveDash.download", $"{_dashboard!.Id}.dashboard.json", "application/json", Encoding.UTF8.GetString(DashboardJson.Write(_dashboard))).AsTask();

    private void GoTo(Dashboard dashboard) => Navigation.NavigateTo($"d/{dashboard.Id}");

    // A full disk or a bound is told on the page; the circuit lives on.
    private async Task<Dashboard?> TryAsync(Func<Task<Dashboard?>> change)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return null;
        try
        {
            _error = null;
            return await change();
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException or InvalidOperationException)
        {
            _error = "The change was not kept. " + exception.Message;
            return null;
        }
    }
}
