using LiveDash.Core.Accounts;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Every rule: where it stands, whether it can be judged, on or off, and the way to edit it.</summary>
public sealed partial class RulesPage : ComponentBase, IAsyncDisposable
{
    // From more rules than fit on a screen on, one searches.
    private const int FewRules = 8;
    private const int MaxListed = 200;
    private IReadOnlyList<RuleListItem> _items = [];
    private AlertWatch? _watch;
    private RuleConfig? _deleted;
    private string? _said;
    private string? _told;
    private bool _importing;
    private bool _testing;

    /// <summary>The rule that was just saved.</summary>
    [SupplyParameterFromQuery(Name = "saved")]
    public string? Saved { get; set; }

    /// <summary>Words to search for.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private LiveDash.Core.Notifications.ChannelBook Channels { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    [Inject]
    private RuleStates States { get; set; } = default!;

    [Inject]
    private RuleFolder Folder { get; set; } = default!;

    [Inject]
    private AlertBook Book { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Rules.Changed -= OnRulesChanged;
        if (_watch is not null) await _watch.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Rules.Changed += OnRulesChanged;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Saved is { } id && id != _told && Rules.Rules.Find(id) is { } rule)
        {
            _told = id;
            _said = $"{rule.Config.Name} is saved and in force.";
        }

        Look();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _watch = new AlertWatch(Book, Clock, () => InvokeAsync(Follow));
    }

    private static string Health(AlertHealth health) => health switch
    {
        AlertHealth.NoData => "no data",
        AlertHealth.Limit => "too many series",
        _ => "cannot be judged",
    };

    private List<RuleListItem> Shown
    {
        get
        {
            var words = (Text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return [.. _items.Where(item => Array.TrueForAll(words, word => Has(item.Rule.Config, word)))];
        }
    }

    private static bool Has(RuleConfig rule, string word) =>
        rule.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || rule.Expr.Contains(word, StringComparison.OrdinalIgnoreCase)
        || rule.Channels.Any(channel => channel.Contains(word, StringComparison.OrdinalIgnoreCase));

    private void Imported(int count)
    {
        _importing = false;
        (_said, _deleted) = (count == 1 ? "1 rule is taken in and in force." : $"{count:N0} rules are taken in and in force.", null);
        Look();
    }

    private void OnRulesChanged() => _ = InvokeAsync(Follow);

    private void Follow()
    {
        if (Look()) StateHasChanged();
    }

    private bool Look()
    {
        var items = RuleListItem.All(Rules.Rules, States, Book.List(), Book.Episodes(), Channels);
        if (items.SequenceEqual(_items)) return false;
        _items = items;
        return true;
    }

    private Task PauseAsync(RuleModel rule, bool paused) => TryAsync(async () =>
    {
        await Rules.PutAsync(rule.Config with { Paused = paused }, CancellationToken.None);
        (_said, _deleted) = (paused ? $"{rule.Config.Name} is paused; what it had open is resolved." : $"{rule.Config.Name} is judged again.", null);
    });

    private Task DeleteAsync(RuleModel rule) => TryAsync(async () =>
    {
        await Rules.DeleteAsync(rule.Id, CancellationToken.None);
        (_said, _deleted) = ($"{rule.Config.Name} is deleted.", rule.Config);
    });

    private Task UndoAsync() => TryAsync(async () =>
    {
        var config = _deleted!;
        var (rule, faults) = await Rules.PutAsync(config, CancellationToken.None);
        (_said, _deleted) = (rule is null ? FaultLines.Of(faults.Select(static f => f.Detail)) : $"{config.Name} is back.", rule is null ? config : null);
    });

    private async Task TryAsync(Func<Task> change)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        try
        {
            await change();
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException)
        {
            _said = "Nothing was changed. " + exception.Message;
        }

        Look();
    }
}
