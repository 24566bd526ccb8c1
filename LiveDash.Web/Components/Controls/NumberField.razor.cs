using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Controls;

/// <summary>A finite number, or none where that is allowed. A text that is no number stays as typed, with what is wrong under it, and changes nothing.</summary>
public sealed partial class NumberField : ComponentBase, IDisposable
{
    private double? _value;
    private string _text = "";
    private string? _fault;

    /// <summary>What is asked for.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The number, or null for none.</summary>
    [Parameter, EditorRequired]
    public double? Value { get; set; }

    /// <summary>Raised with another number once it was typed and left; with null only where <see cref="IsOptional"/>.</summary>
    [Parameter]
    public EventCallback<double?> ValueChanged { get; set; }

    /// <summary>True where there may be none.</summary>
    [Parameter]
    public bool IsOptional { get; set; }

    /// <summary>What stands in the empty field.</summary>
    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>What to know about it.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What is wrong with the number, or null.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>Told what is wrong with the text as typed, and null once nothing is: what holds the number does not know of a text that is none.</summary>
    [Parameter]
    public Action<string?>? Faulty { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_fault is not null) Faulty?.Invoke(null);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Value == _value && (_text.Length > 0 || _fault is not null || Value is null)) return;
        if (_fault is not null) Faulty?.Invoke(null);
        (_value, _text, _fault) = (Value, Value?.ToString(CultureInfo.InvariantCulture) ?? "", null);
    }

    private Task TakeAsync(string text)
    {
        (_text, _fault) = (text, null);
        var trimmed = text.Trim();
        double? value = null;
        if (trimmed.Length == 0 && !IsOptional) _fault = "A number is needed.";
        else if (trimmed.Length > 0)
        {
            if (double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) value = number;
            else _fault = $"“{trimmed}” is no number; one is written such as 1.5.";
        }

        Faulty?.Invoke(_fault);
        if (_fault is not null || value == _value) return Task.CompletedTask;
        _value = value;
        return ValueChanged.InvokeAsync(value);
    }
}
