using LiveDash.Core.Configuration;
using LiveDash.Core.Windows;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Settings;

/// <summary>The fields of one window of the settings: its kind by choice, its series, size, hop and allowed lateness.</summary>
public sealed partial class WindowFields : ComponentBase
{
    private readonly string _id = "window-" + Guid.NewGuid().ToString("N")[..8];
    private WindowForm _form = WindowForm.From("500");
    private (string Number, string Unit) _late = ("", "s");

    /// <summary>The settings as edited.</summary>
    [Parameter, EditorRequired]
    public required WindowSettingsDraft Draft { get; set; }

    /// <summary>Which override; -1 for the default.</summary>
    [Parameter, EditorRequired]
    public int Index { get; set; }

    /// <summary>The first series it decides.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Matching { get; set; }

    /// <summary>How many series it decides.</summary>
    [Parameter, EditorRequired]
    public int Count { get; set; }

    /// <summary>Something was edited.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    private WindowOverride One => Draft.Overrides[Index];

    private string Text => Index < 0 ? Draft.Default : One.Window;

    private string WindowField => Index < 0 ? "default" : $"overrides[{Index}].window";

    private string Matches => Count is var count && count == 0 ? "matches no series yet; * stands for anything"
        : $"{count:N0} match: {string.Join(", ", Matching)}{(count > Matching.Count ? ", …" : "")}";

    private string? Was => Draft.Before(Index) is { } before && before != Text && WindowSpec.TryParse(before, out var spec, out _) ? "was " + WindowWords.Describe(spec) : WindowSpec.TryParse(Text, out var now, out _) ? WindowWords.Describe(now) : null;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // The fields are read anew only where something else wrote the window: what is typed may make no window yet.
        if (_form.ToText() != Text) _form = WindowForm.From(Text);
        if (Index >= 0 && Late(_late) != (One.Lateness ?? "")) _late = WindowSettingsValidator.TryReadLateness(One.Lateness, out var late) && One.Lateness is { Length: > 0 } ? WindowForm.Split(late) : ("", "s");
    }

    private static string Late((string Number, string Unit) late) => late.Number.Trim().Length == 0 ? "" : late.Number.Trim() + late.Unit;

    private static string Says(WindowKind kind) => kind switch
    {
        WindowKind.Count => "the last 500 points",
        WindowKind.Time => "the last 5 min",
        WindowKind.Tumbling => "each minute by itself",
        WindowKind.Hopping => "5 min, anew each minute",
        _ => "until a pause",
    };

    private Task Set(WindowForm form)
    {
        _form = form;
        if (Index < 0) Draft.SetDefault(form.ToText());
        else Draft.Set(Index, One with { Window = form.ToText() });
        return OnChanged.InvokeAsync();
    }

    private Task SetLate((string Number, string Unit) late)
    {
        _late = late;
        return Change(One with { Lateness = Late(late) is { Length: > 0 } text ? text : null });
    }

    private Task Change(WindowOverride one)
    {
        Draft.Set(Index, one);
        return OnChanged.InvokeAsync();
    }
}
