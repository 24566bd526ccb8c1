using LiveDash.Core.Accounts;
using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Core.Ingestion.Sources.Setups;
using LiveDash.Core.Storage;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Sources;

/// <summary>Sources, or ways onward, that were set up: how they do, and the dialog to add, change and delete them.</summary>
public sealed partial class SourceSetupTable : ComponentBase
{
    private IReadOnlyDictionary<string, int> _poison = new Dictionary<string, int>();
    private string? _poisoned;
    private SourceSetupDraft? _draft;
    private string? _said;

    /// <summary>True for ways onward.</summary>
    [Parameter]
    public bool IsForward { get; set; }

    /// <summary>The heading.</summary>
    [Parameter]
    [EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The heading's id, for whom it names.</summary>
    [Parameter]
    [EditorRequired]
    public string TitleId { get; set; } = "";

    /// <summary>What stands below the heading.</summary>
    [Parameter]
    [EditorRequired]
    public string Lead { get; set; } = "";

    /// <summary>What the button says.</summary>
    [Parameter]
    [EditorRequired]
    public string AddLabel { get; set; } = "";

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private SourceBook Book { get; set; } = default!;

    [Inject]
    private SourceRunner Runner { get; set; } = default!;

    private IReadOnlyList<SourceSetup> Rows => [.. Book.All.Where(setup => (Book.KindOf(setup.Kind)?.IsForward ?? false) == IsForward)];

    [Inject]
    private PoisonShelf Shelf { get; set; } = default!;

    // The page looks once a second; the counts are in memory.
    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync() => _poison = await Shelf.CountAsync(CancellationToken.None);

    private void Add(SourceKind kind) => _draft = SourceSetupDraft.New(kind, Book);

    private void Edit(SourceSetup setup)
    {
        if (Book.KindOf(setup.Kind) is { } kind) _draft = SourceSetupDraft.Of(kind, setup);
    }

    private async Task DeleteAsync(SourceSetup setup)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        try
        {
            _said = await Book.DeleteAsync(setup.Name, CancellationToken.None) ? $"{setup.Name} was deleted." : null;
        }
        catch (Exception e) when (e is StoreFullException or StoreUnavailableException)
        {
            _said = e.Message;
        }
    }

    private Task SavedAsync(string name)
    {
        _said = $"{name} is saved.";
        _draft = null;
        return Task.CompletedTask;
    }
}
