using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Rules;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>What is muted now or will be, the means to end it, and to mute a whole rule.</summary>
public sealed partial class SilencesPage : ComponentBase
{
    private RuleModel? _rule;
    private string _said = "";

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    [Inject]
    private AlertDesk Desk { get; set; } = default!;

    private void Silence(RuleModel rule, SilenceChoice choice)
    {
        _rule = null;
        _said = Desk.Silence(rule.Id, null, choice) is null
            ? $"There are {AlertBook.MaxSilences:N0} silences already; end some first."
            : $"{rule.Config.Name}, every series: silent for {EpisodeWords.Length(choice.For.Ticks)}.";
    }
}
