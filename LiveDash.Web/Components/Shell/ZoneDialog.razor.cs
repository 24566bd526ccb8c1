using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LiveDash.Web.Components.Shell;

/// <summary>Asks for a time zone by name, or by a part of it that no other has.</summary>
public sealed partial class ZoneDialog : ComponentBase
{
    private const int MaxFound = 30;
    private IReadOnlyList<string> _found = [];
    private string _text = "";
    private bool _tried;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    private string Hint => ZoneSearch.Choose(_text) is { } zone ? $"{Spoken(zone)} it is." : _found.Count > 1 ? $"Fits {_found.Count}{(_found.Count == MaxFound ? " and more" : "")}; write on, or choose." : "A city or a region.";

    /// <inheritdoc/>
    protected override void OnInitialized() => Find("");

    private static string Spoken(string zone) => zone.Replace('_', ' ');

    private void Type(string text)
    {
        _tried = false;
        Find(text);
    }

    private void Find(string text)
    {
        _text = text;
        _found = [.. ZoneSearch.Find(text).Take(MaxFound).Select(Spoken)];
    }

    private void Use()
    {
        if (ZoneSearch.Choose(_text) is { } zone) Dialog.Close(zone);
        else _tried = true;
    }
}
