using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>What is muted now or will be, and the means to end it.</summary>
public sealed partial class SilencesPage : ComponentBase;
