using System.Text;
using System.Xml.Linq;
using LiveDash.Core.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace LiveDash.Web.Security.Secrets;

/// <summary>
/// The key ring of Data Protection, kept in the store under the kind <see cref="Kind"/>, so that it goes where the data goes. Some kilobytes, a key more every 90 days.
/// Thread-safe; open once the store is.
/// </summary>
/// <param name="documents">The store itself, without what encrypts: its keys are encrypted already.</param>
internal sealed class DocumentKeyRing(IDocumentStore documents) : IXmlRepository
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "protection.key";

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        // Data Protection asks without a way to wait. It asks at start and once a day, and the store answers on a thread of its own.
        [.. documents.ListAsync(Kind, CancellationToken.None).GetAwaiter().GetResult().Select(static one => XElement.Parse(Encoding.UTF8.GetString(one.Body)))];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        var body = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        // Without a key nobody can sign in: a full disk gives up its reserve for it.
        documents.ApplyOwedAsync([new DocumentChange(Kind, friendlyName, body)], CancellationToken.None).GetAwaiter().GetResult();
    }
}
