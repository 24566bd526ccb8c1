using LiveDash.Core.Accounts;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Detection;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Pages;

/// <summary>Edits a rule as text, as fields and on the chart of what it would have done; the three follow one another.</summary>
public sealed partial class RuleEditPage : ComponentBase, IDisposable
{
    // Fields that say themselves what is wrong with them.
    private static readonly string[] s_shown = ["name", "expr", "for", "keepFiringFor", "clear", "steps", "channels", "labels", "message", "staleAfter"];

    private static readonly (string Value, string Text)[] s_gaps = [("keep", "alerts stay as they are"), ("alert", "that is an alert"), ("ok", "that is fine")];
    private RuleDraft? _draft;
    private CancellationTokenSource? _asking;
    private string? _error;
    private string? _loaded;
    private bool _touched;
    private bool _leaves;
    private bool _tried;

    /// <summary>The rule to edit; null for a new one.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>A new rule's text, for links that begin one.</summary>
    [SupplyParameterFromQuery(Name = "expr")]
    public string? Expr { get; set; }

    /// <summary>The grammar of a new rule's text, for links that begin one.</summary>
    [SupplyParameterFromQuery(Name = "language")]
    public string? Language { get; set; }

    /// <summary>A series that a new rule is about, for links that begin one.</summary>
    [SupplyParameterFromQuery(Name = "series")]
    public string? Series { get; set; }

    /// <summary>What is shown of the series, for links that begin a rule.</summary>
    [SupplyParameterFromQuery(Name = "aggregate")]
    public string? Aggregate { get; set; }

    /// <summary>The window it is shown over, for links that begin a rule.</summary>
    [SupplyParameterFromQuery(Name = "over")]
    public string? Over { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    [Inject]
    private RuleSuggester Suggester { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => Id is null ? "New rule" : _draft is null ? "No such rule" : _draft.Config.Name.Length > 0 ? _draft.Config.Name : "Rule";

    private string Status => _draft switch
    {
        { Model: null, SyntaxFaults.Count: > 0 } => "The rule cannot be read yet.",
        { Model: null } when _tried => "Something is not right yet: see the fields.",
        { IsDirty: true } when _touched => "Not saved yet.",
        _ when _asking is not null => "Looking at what the series has been…",
        _ => "",
    };

    private string? InFile => Id is null ? null : Rules.FileOf(Id);

    // The preview needs no name: it shows before one is thought of.
    private RuleModel? PreviewRule
    {
        get
        {
            if (_draft!.Model is { } model) return model;
            var named = _draft.Config with { Id = "preview", Name = "preview", Labels = new Dictionary<string, string>(), Channels = [], Message = "" };
            return RuleReader.TryRead(named, out var rule, out _) ? rule : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => EndAsking();

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{Id}\n{Expr}\n{Language}\n{Series}\n{Aggregate}\n{Over}";
        if (wanted == _loaded) return;
        _loaded = wanted;
        (_touched, _tried, _error) = (false, false, null);
        EndAsking();
        if (Id is not null)
        {
            _draft = Rules.Rules.Find(Id) is { } rule ? new RuleDraft(rule.Config) : null;
            return;
        }

        _draft = new RuleDraft(new RuleConfig { Expr = Expr ?? Suggester.Usual(Series, Aggregate, Over), Language = Language == RuleLanguage.PromQl && Expr is not null ? RuleLanguage.PromQl : RuleLanguage.LiveDash });
        // A page that is only drawn ahead of its circuit would make its reader wait for what the circuit asks again.
        if ((Expr is null || _draft.Config.Language == RuleLanguage.PromQl) && RendererInfo.IsInteractive) await SuggestAsync();
    }

    // The editor is there at once; its history is looked at meanwhile, and what somebody has begun by then stays.
    private async Task SuggestAsync()
    {
        using var asking = _asking = new CancellationTokenSource();
        var language = _draft!.Config.Language;
        var text = Expr is { } expr ? await Suggester.SuggestThresholdAsync(expr, asking.Token) : await Suggester.SuggestAsync(Series, Aggregate, Over, asking.Token);
        if (_asking != asking) return;
        _asking = null;
        if (!_touched) _draft = new RuleDraft(new RuleConfig { Expr = text, Language = language });
    }

    private void EndAsking()
    {
        var asking = _asking;
        _asking = null;
        asking?.Cancel();
    }

    private bool IsUnsaved => _draft is { IsDirty: true } && _touched && !_leaves;

    // Cancel says what it does; any other way out, also to the list of rules, would lose the work without a word.
    private void Cancel()
    {
        _leaves = true;
        Navigation.NavigateTo("rules");
    }

    private async Task AskBeforeLeavingAsync(LocationChangingContext leaving)
    {
        if (!IsUnsaved) return;
        if (!await Script.InvokeAsync<bool>("confirm", leaving.CancellationToken, "This rule is not saved. Leave it?")) leaving.PreventNavigation();
    }

    private void Edit(Action<RuleDraft> change)
    {
        change(_draft!);
        (_touched, _error) = (true, null);
    }

    // What people say of moments is kept, and so is what it makes of the rule; other edits that are not saved stay so.
    private async Task MoveSensitivityAsync(Sensitivity sensitivity)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        if (_draft is not { Model.Expression: { Condition: Anomaly anomaly } expression } draft) return;
        var isAsSaved = !draft.IsDirty && InFile is null;
        Edit(d => d.SetText((expression with { Condition = anomaly with { Sensitivity = sensitivity } }).ToString()));
        if (!isAsSaved) return;
        try
        {
            var (rule, faults) = await Rules.PutAsync(draft.Config, CancellationToken.None);
            if (rule is not null) draft.Saved(rule.Config);
            else _error = FaultLines.Of(faults.Select(static fault => fault.Detail));
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException or RuleOwnedException)
        {
            // The draft has it, to be saved by hand.
            _error = "Not saved. " + exception.Message;
        }
    }

    private async Task SaveAsync()
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        // Until somebody wants to save it, a rule without a name is no fault.
        _tried = true;
        if (_draft is not { Model: not null } draft)
        {
            _error = FaultLines.Of(_draft!.Faults.Where(static fault => !s_shown.Contains(fault.Field)).Select(static fault => fault.Detail));
            return;
        }

        try
        {
            var (rule, faults) = Id is null ? await Rules.AddAsync(draft.Config, CancellationToken.None) : await Rules.PutAsync(draft.Config, CancellationToken.None);
            if (rule is null)
            {
                _error = FaultLines.Of(faults.Select(static fault => fault.Detail));
                return;
            }

            (_leaves, _touched) = (true, false);
            draft.Saved(rule.Config);
            Navigation.NavigateTo($"rules?saved={Uri.EscapeDataString(rule.Id)}");
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException)
        {
            _error = "Not saved. " + exception.Message;
        }
    }
}
