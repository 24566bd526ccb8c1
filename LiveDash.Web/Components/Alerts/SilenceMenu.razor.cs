using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>Silences for 15 minutes, an hour, a day, or a time and a reason that one writes.</summary>
public sealed partial class SilenceMenu : ComponentBase
{
    private static readonly (string Text, TimeSpan Span)[] s_choices =
        [("15 minutes", TimeSpan.FromMinutes(15)), ("1 hour", TimeSpan.FromHours(1)), ("1 day", TimeSpan.FromDays(1))];

    private bool _custom;

    /// <summary>What is silenced, for the button's name and the dialog.</summary>
    [Parameter, EditorRequired]
    public string What { get; set; } = "";

    /// <summary>A time was chosen.</summary>
    [Parameter, EditorRequired]
    public EventCallback<SilenceChoice> OnSilence { get; set; }

    private string Label => $"Silence {What}";

    private Task CustomAsync(SilenceChoice choice)
    {
        _custom = false;
        return OnSilence.InvokeAsync(choice);
    }
}
