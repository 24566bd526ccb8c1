using System.Globalization;
using LiveDash.Core.Accounts;
using LiveDash.Core.Alerts;
using LiveDash.Core.Configuration;
using LiveDash.Core.Storage;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Settings;

/// <summary>How series are downsampled as they grow old: patterns with steps and ages, and what they would make of the points there are before they are put in force.</summary>
public sealed partial class TierPanel : ComponentBase, IDisposable
{
    private const string When = "within minutes, after a day where LiveDash does not know yet when the points arrived";

    private TierDraft _draft = default!;
    private TierCost _cost = TierCost.None;
    private IReadOnlyList<string> _errors = [];
    private bool _isConfigured;
    private bool _isAsking;
    private bool _isKept;
    private bool _isElsewhere;
    private bool _isSaving;

    [Inject]
    private TierSettingsBook Book { get; set; } = default!;

    [Inject]
    private IStoreTiers Tiers { get; set; } = default!;

    [Inject]
    private StorageOptions Options { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string Status =>
        _isElsewhere ? "Somebody else put other tiers in force meanwhile; yours replace them, discarding shows them."
        : !_draft.IsValid ? "Something is not right yet: see the fields."
        : _draft.IsDirty ? "Edited, not in force."
        : $"In force; what is due is done {When}.";

    private string Warning
    {
        get
        {
            var deleted = _cost.Deleted > 0 ? string.Create(CultureInfo.InvariantCulture, $" {_cost.Deleted:N0} rows are older than the last tier and go.") : "";
            var left = IsCutting ? string.Create(CultureInfo.InvariantCulture, $"At most {_cost.RowsAfter:N0} of {_cost.Rows:N0} sealed rows are left once what is due is done ({When}); points that are not sealed yet follow.") : $"It is done {When}.";
            var untold = IsRetentionBack ? string.Create(CultureInfo.InvariantCulture, $" Series that no pattern matches any more are kept for {Options.RetentionDays:0.##} days, what is older goes.") : "";
            return string.Create(CultureInfo.InvariantCulture, $"{left}{deleted}{untold} What is gone does not come back when the tiers are taken out again.");
        }
    }

    // How many rows become part of others nobody knows before: several of a burst share a step, and points that are not sealed stand in no header.
    private bool IsCutting => _cost.Matches.Any(static count => count > 0);

    // The last age of a pattern that is changed may have kept what RetentionDays deletes.
    private bool IsRetentionBack => Options.RetentionDays > 0 && Book.Current.Tiers.Count > 0;

    /// <inheritdoc/>
    public void Dispose() => Book.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _draft = new TierDraft(Book.Current);
        _isConfigured = Book.Current.IsConfigured;
        Book.Changed += OnChanged;
        Weigh();
    }

    private static string Said(int place, int tier) => string.Create(CultureInfo.InvariantCulture, $"Pattern {place + 1}, tier {tier + 1}");

    private string Matches(int place) => _cost.Matches.ElementAtOrDefault(place) is var count && count == 0 ? "matches no series yet; * stands for anything" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} series");

    private void Weigh()
    {
        if (_draft.IsValid) _cost = Tiers.Weigh(StorageTiers.Of([.. _draft.ToSettings().Tiers]), Clock.GetUtcNow().UtcTicks);
        (_isAsking, _isKept, _errors) = (false, false, []);
    }

    private void Set(int place, TierForm form)
    {
        _draft.Set(place, form);
        Weigh();
    }

    private void Add()
    {
        _draft.Add();
        Weigh();
    }

    private void Remove(int place)
    {
        _draft.RemoveAt(place);
        Weigh();
    }

    private void Raise(int place)
    {
        _draft.Raise(place);
        Weigh();
    }

    private void Discard()
    {
        _draft.Take(Book.Current);
        _isElsewhere = false;
        Weigh();
    }

    // What cannot be taken back is asked about once more.
    private Task AskAsync()
    {
        // As it is now: series may have come since the last key.
        Weigh();
        if (!IsCutting && !IsRetentionBack) return SaveAsync();
        _isAsking = true;
        return Task.CompletedTask;
    }

    private async Task SaveAsync()
    {
        if (Visitor.Refuses(AccountRole.Administrator)) return;
        _isSaving = true;
        try
        {
            var faults = await Book.SaveAsync(_draft.ToSettings(), CancellationToken.None, Visitor.Name ?? AlertDesk.Somebody);
            if (faults.Count == 0) Discard();
            (_isAsking, _isKept) = (false, faults.Count == 0);
            _errors = [.. faults.Select(static fault => $"{fault.Field}: {fault.Detail}")];
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException)
        {
            (_isAsking, _errors) = (false, ["Not in force. " + exception.Message]);
        }
        finally
        {
            _isSaving = false;
        }
    }

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        if (_isSaving) return;
        // What is being typed here is not thrown away for what another saved.
        _isElsewhere = _draft.IsDirty;
        if (!_isElsewhere) Discard();
        StateHasChanged();
    });
}
