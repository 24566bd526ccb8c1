using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Controls;

/// <summary>
/// A text with its label, and under it a hint or what is wrong, a line a fault, which assistive technology reads with the field. The browser owns the text while it is typed (js/typing.js).
/// </summary>
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

    /// <summary>What is wrong, a line a fault, or null; it takes the hint's place.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>More classes of the input, such as <c>mono</c>.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>What the browser takes it for: <c>text</c>, or <c>password</c> for what is not to be read over a shoulder.</summary>
    [Parameter]
    public string Type { get; set; } = "text";

    /// <summary>The keys that a phone offers, such as <c>decimal</c>, or null.</summary>
    [Parameter]
    public string? InputMode { get; set; }

    /// <summary>How many lines it shows; more than one may be written where it is more than 1.</summary>
    [Parameter]
    public int Lines { get; set; } = 1;

    /// <summary>The most characters, or null.</summary>
    [Parameter]
    public int? MaxLength { get; set; }

    /// <summary>True where it is shown and cannot be changed.</summary>
    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>True for lines that may hold a secret: the browser does not keep them over a restart.</summary>
    [Parameter]
    public bool IsSecret { get; set; }

    /// <summary>Texts to choose from; others may be typed.</summary>
    [Parameter]
    public IReadOnlyList<string> Options { get; set; } = [];

    /// <summary>The id of a datalist that several fields share, in the place of <see cref="Options"/>.</summary>
    [Parameter]
    public string? List { get; set; }

    /// <summary>The text.</summary>
    [Parameter]
    public string Value { get; set; } = "";

    /// <summary>Raised while it is typed.</summary>
    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    /// <summary>Raised once it was changed and left, or Enter was pressed: for what is one step each time.</summary>
    [Parameter]
    public EventCallback<string> Committed { get; set; }

    // One that nobody listens to asks nothing of the server.
    private EventCallback<ChangeEventArgs> OnInput => ValueChanged.HasDelegate ? EventCallback.Factory.Create<ChangeEventArgs>(this, InputAsync) : default;

    private EventCallback<ChangeEventArgs> OnChange => Committed.HasDelegate ? EventCallback.Factory.Create<ChangeEventArgs>(this, ChangeAsync) : default;

    private Task InputAsync(ChangeEventArgs change) => ValueChanged.InvokeAsync(change.Text());

    private Task ChangeAsync(ChangeEventArgs change) => Committed.InvokeAsync(change.Text());
}
