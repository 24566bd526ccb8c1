using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Controls;

/// <summary>A line of text with its label, and under it a hint or what is wrong, which assistive technology reads with the field.</summary>
public sealed partial class Field : ComponentBase
{
    private readonly string _id = "field-" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>What is asked for.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>How to write it.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>An example inside the empty field.</summary>
    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>What is wrong, or null; it takes the hint's place.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>More classes of the input, such as <c>mono</c>.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>What the browser takes it for: <c>text</c>, or <c>password</c> for what is not to be read over a shoulder.</summary>
    [Parameter]
    public string Type { get; set; } = "text";

    /// <summary>Texts to choose from; others may be typed.</summary>
    [Parameter]
    public IReadOnlyList<string> Options { get; set; } = [];

    /// <summary>The text.</summary>
    [Parameter]
    public string Value { get; set; } = "";

    /// <summary>Raised with each key.</summary>
    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    private Task InputAsync(ChangeEventArgs change) => ValueChanged.InvokeAsync(change.Value?.ToString() ?? "");
}
