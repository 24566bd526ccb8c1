using LiveDash.Core.Windows;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>Asks how long to be quiet, and why.</summary>
public sealed partial class SilenceDialog : ComponentBase
{
    private const int MaxComment = 1_000;
    private string _duration = "4h";
    private string _comment = "";
    private string? _error;

    /// <summary>What is silenced.</summary>
    [Parameter, EditorRequired]
    public string What { get; set; } = "";

    /// <summary>A time was chosen.</summary>
    [Parameter, EditorRequired]
    public EventCallback<SilenceChoice> OnSilence { get; set; }

    /// <summary>Somebody wants it closed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private Task SaveAsync()
    {
        if (!DurationText.TryParse(_duration, out var duration) || duration > TimeSpan.FromDays(366))
        {
            _error = "A duration of at most a year, such as 30m, 4h or 2d.";
            return Task.CompletedTask;
        }

        return OnSilence.InvokeAsync(new SilenceChoice(duration, _comment.Trim()[..Math.Min(_comment.Trim().Length, MaxComment)]));
    }
}
