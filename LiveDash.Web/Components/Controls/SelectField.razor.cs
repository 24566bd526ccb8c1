using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Controls;

/// <summary>One of several values, by the browser's own select, with its label, and under it a hint or what is wrong.</summary>
/// <typeparam name="T">What is chosen.</typeparam>
public sealed partial class SelectField<T> : ComponentBase
{
    private readonly string _id = "select-" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>What is asked for.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What may be chosen, each with its words.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<(T Value, string Text)> Options { get; set; } = [];

    /// <summary>What is chosen; where it is none of <see cref="Options"/> it stands as it is until another is chosen.</summary>
    [Parameter, EditorRequired]
    public T Value { get; set; } = default!;

    /// <summary>Raised with what is chosen.</summary>
    [Parameter]
    public EventCallback<T> ValueChanged { get; set; }

    /// <summary>What to know about it.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What is wrong, a line a fault, or null; it takes the hint's place.</summary>
    [Parameter]
    public string? Error { get; set; }

    // Options are told by their places: what they stand for need not be a text.
    private int At
    {
        get
        {
            for (var i = 0; i < Options.Count; i++)
            {
                if (EqualityComparer<T>.Default.Equals(Options[i].Value, Value)) return i;
            }

            return -1;
        }
    }

    private Task ChooseAsync(ChangeEventArgs change) =>
        int.TryParse(change.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < Options.Count ? ValueChanged.InvokeAsync(Options[at].Value) : Task.CompletedTask;
}
