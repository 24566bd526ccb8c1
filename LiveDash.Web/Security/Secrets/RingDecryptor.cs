using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace LiveDash.Web.Security.Secrets;

/// <summary>
/// Decrypts what <see cref="RingEncryptor"/> made. Its full name stands in every kept key, so it must not change. Thread-safe.
/// </summary>
/// <param name="services">Where the key file is had from: Data Protection makes this type by itself and passes nothing else.</param>
internal sealed class RingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        var bytes = services.GetRequiredService<KeyFile>().Decrypt(Convert.FromBase64String(encryptedElement.Value));
        return XElement.Parse(Encoding.UTF8.GetString(bytes));
    }
}
