using LiveDash.Core.Accounts;
using LiveDash.Web.Security.Access;
using System.Globalization;
using System.Text.Json;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Configuration;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;

namespace LiveDash.Web.Components.Pages;

/// <summary>The window settings: the default, overrides by pattern, what each counts, costs and would say before it is saved, and who changed it.</summary>
public sealed partial class WindowsPage : ComponentBase, IDisposable
{
    private const int MaxChanges = 8;
    private const long MaxFile = 1 << 20;
    private readonly List<string> _asked = ["p50", "p99"];
    private WindowSettingsDraft _draft = default!;
    private WindowLedger _ledger = default!;
    private IReadOnlyList<WindowRow> _rows = [];
    private IReadOnlyList<string> _matching = [];
    private IReadOnlyList<(string Kind, string Name, string Address, string What, bool Changes)> _users = [];
    private WindowCosts _cost = WindowCosts.None;
    private IReadOnlyList<string> _errors = [];
    private int _chosen = -1;
    private bool _saved;
    private bool _elsewhere;
    private bool _saving;

    /// <summary>Words to find a window by.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Find { get; set; }

    /// <summary>The series of the override that is open; empty for the default.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private WindowSettingsBook Book { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private IPointStore Store { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    [Inject]
    private VisibleDashboards Dashboards { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private IEnumerable<WindowRow> Shown => Find?.Trim() is { Length: > 0 } text ? _rows.Where(row => _ledger.Finds(row, text)) : _rows;

    private WindowChoice Edited => _rows.FirstOrDefault(row => row.Index == _chosen)?.Choice ?? _draft.Plan.Default;

    private string Status =>
        _elsewhere ? "Somebody else saved other settings meanwhile; saving replaces them, discarding shows them."
        : !_draft.IsValid ? "Something is not right yet: see the fields."
        : _draft.IsDirty ? $"{Counted(_draft.Edits, "edit", "edits")}, not saved"
        : _saved ? "Saved, and in force in every open page." : "In force as shown.";

    private string CostWords
    {
        get
        {
            if (!_draft.IsDirty || !_draft.IsValid) return "";
            var bytes = _cost.AllAfter - _cost.AllBefore;
            return $"{Bytes(Math.Abs(bytes))} {(bytes < 0 ? "less" : "more")} memory; holds at once in every open page";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Book.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _draft = new WindowSettingsDraft(Book.Current);
        _ledger = new WindowLedger(Catalog, Store, Clock);
        Book.Changed += OnChanged;
        if (Show is { Length: > 0 }) _chosen = _draft.Overrides.ToList().FindIndex(one => one.Series == Show);
        Weigh();
        await Dashboards.LoadAsync(CancellationToken.None);
        Weigh();
    }

    private static string Counted(int number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many)}");

    // It is reckoned: a part of a byte would say more than is known.
    private static FormattedValue Bytes(double value) => ValueFormat.Format(Math.Round(value), ValueUnit.Bytes);

    private static string Nanoseconds(double value) => double.IsNaN(value) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{value:N0} ns");

    private static string Differs(double before, double after) => Math.Abs(before - after) > 0.02 * Math.Max(before, after) ? "differs" : "";

    // Everything that follows from what is typed: matches, costs, users.
    private void Weigh()
    {
        _chosen = Math.Min(_chosen, _draft.Overrides.Count - 1);
        (_rows, _cost, _matching) = _ledger.Weigh(_draft, Book.Plan, _chosen, _asked);
        _users = WindowUsers.Of(_ledger.SeriesOf(_draft, _chosen), _rows.FirstOrDefault(row => row.Index == _chosen)?.IsEdited == true, Rules.Rules, Dashboards.IsLoaded ? Dashboards.All : []);
    }

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        if (_saving) return;
        _saved = false;
        // What is being typed here is not thrown away for what another saved.
        _elsewhere = _draft.IsDirty;
        if (!_elsewhere) _draft.Take(Book.Current);
        Weigh();
        StateHasChanged();
    });

    private async Task SaveAsync()
    {
        if (!_draft.IsDirty || !_draft.IsValid) return;
        var before = Book.Current;
        if (!await KeepAsync(_draft.ToSettings())) return;
        _draft.Take(Book.Current);
        (_saved, _elsewhere) = (true, false);
        Weigh();
        Snackbar.Add("The windows are saved and in force.", Severity.Normal, options =>
        {
            options.Action = "Undo";
            options.OnClick = _ => InvokeAsync(() => UndoAsync(before));
        });
    }

    private async Task UndoAsync(WindowSettings before)
    {
        if (await KeepAsync(before)) _draft.Take(Book.Current);
        Weigh();
        StateHasChanged();
    }

    private async Task<bool> KeepAsync(WindowSettings settings)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return false;
        _errors = [];
        _saving = true;
        try
        {
            var faults = await Book.SaveAsync(settings, CancellationToken.None, Visitor.Name ?? AlertDesk.Somebody);
            _errors = [.. faults.Select(static fault => $"{fault.Field}: {fault.Detail}")];
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException)
        {
            _errors = ["Not saved. " + exception.Message];
        }
        finally
        {
            _saving = false;
        }

        return _errors.Count == 0;
    }

    private async Task ImportAsync(InputFileChangeEventArgs files)
    {
        _errors = [];
        try
        {
            await using var file = files.File.OpenReadStream(MaxFile);
            var settings = await JsonSerializer.DeserializeAsync<WindowSettings>(file, JsonSerializerOptions.Web);
            var faults = settings is null ? [new SettingFault("file", "It holds no settings.")] : WindowSettingsValidator.Validate(settings);
            _errors = [.. faults.Select(fault => $"{files.File.Name}, {fault.Field}: {fault.Detail}")];
            if (faults.Count == 0) _draft.Edit(settings!);
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            _errors = [$"{files.File.Name} cannot be read: {exception.Message}"];
        }

        Weigh();
    }

    // The address names what is open by its series, for an override has no other name.
    private void Choose(int index)
    {
        _chosen = index;
        Weigh();
        Navigation.Keep(("show", index < 0 ? null : _draft.Overrides[index].Series));
    }

    // What is typed and not saved comes back into the form of the same override alone.
    private string Form => _chosen < 0 ? "every series" : $"override {Book.Current.Overrides.ElementAtOrDefault(_chosen)?.Series}";

    private void Ask(string aggregate)
    {
        if (!_asked.Remove(aggregate)) _asked.Add(aggregate);
        Weigh();
    }

    private void Reset()
    {
        _draft.Edit(WindowSettings.Initial);
        _chosen = -1;
        Weigh();
    }

    private void Discard()
    {
        (_elsewhere, _saved, _errors) = (false, false, []);
        _draft.Take(Book.Current);
        Weigh();
    }

    private void Add()
    {
        _draft.Add(new WindowOverride { Window = "5m" });
        _chosen = _draft.Overrides.Count - 1;
        Weigh();
    }

    private void Remove()
    {
        _draft.RemoveAt(_chosen);
        _chosen--;
        Weigh();
    }

    private void Move(int by)
    {
        _draft.Move(_chosen, by);
        _chosen += by;
        Weigh();
    }
}
