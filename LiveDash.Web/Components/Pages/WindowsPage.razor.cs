using LiveDash.Core.Configuration;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Windows;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>The window settings: the default, overrides by pattern, and what each would say before it is saved.</summary>
public sealed partial class WindowsPage : ComponentBase, IDisposable
{
    private static readonly string[] s_examples = ["500", "5000", "30s", "5m", "1h", "tumbling 1m", "hopping 5m/30s", "session 30s"];
    // A line keeps its fields, and the focus in them, when it moves.
    private readonly List<Guid> _keys = [];
    private WindowSettingsDraft _draft = default!;
    private string? _error;
    private bool _saved;
    private bool _elsewhere;
    private bool _saving;

    [Inject]
    private WindowSettingsBook Book { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    private IReadOnlyList<int> Counts => _draft.CountSeries(Catalog);

    private IEnumerable<(string Series, WindowChoice Choice)> InForce
    {
        get
        {
            var plan = Book.Plan;
            foreach (var one in plan.Settings.Overrides)
            {
                WindowSettingsValidator.TryReadLateness(one.Lateness, out var lateness);
                yield return (one.Series, new WindowChoice(WindowSpec.Parse(one.Window), lateness));
            }

            yield return (plan.Settings.Overrides.Count == 0 ? "every series" : "all others", plan.Default);
        }
    }

    private string Status =>
        _elsewhere ? "Somebody else saved other settings meanwhile; saving replaces them, discarding shows them."
        : !_draft.IsValid ? "Something is not right yet: see the fields."
        : _draft.IsDirty ? "Not saved yet."
        : _saved ? "Saved, and in force in every open page." : "In force as shown.";

    /// <inheritdoc/>
    public void Dispose() => Book.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _draft = new WindowSettingsDraft(Book.Current);
        Rekey();
        Book.Changed += OnChanged;
    }

    private static string Words(string text) => WindowSpec.TryParse(text, out var spec, out _) ? WindowWords.Describe(spec) : "";

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        if (_saving) return;
        _saved = false;
        // What is being typed here is not thrown away for what another saved.
        _elsewhere = _draft.IsDirty;
        if (!_elsewhere) Take();
        StateHasChanged();
    });

    private async Task SaveAsync()
    {
        if (!_draft.IsDirty || !_draft.IsValid) return;
        _error = null;
        _saving = true;
        try
        {
            var faults = await Book.SaveAsync(_draft.ToSettings(), CancellationToken.None);
            if (faults.Count > 0)
            {
                _error = string.Join(" ", faults.Select(fault => $"{fault.Field}: {fault.Detail}"));
                return;
            }

            Take();
            _saved = true;
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException)
        {
            _error = "Not saved. " + exception.Message;
        }
        finally
        {
            _saving = false;
        }
    }

    private void Discard()
    {
        Take();
        _saved = false;
    }

    private void Take()
    {
        _elsewhere = false;
        _draft.Take(Book.Current);
        Rekey();
    }

    private void Add()
    {
        _draft.Add(new WindowOverride());
        _keys.Add(Guid.NewGuid());
    }

    private void Remove(int index)
    {
        _draft.RemoveAt(index);
        _keys.RemoveAt(index);
    }

    private void Move(int index, int by)
    {
        _draft.Move(index, by);
        (_keys[index], _keys[index + by]) = (_keys[index + by], _keys[index]);
    }

    private void Rekey()
    {
        _keys.Clear();
        foreach (var _ in _draft.Overrides) _keys.Add(Guid.NewGuid());
    }
}
