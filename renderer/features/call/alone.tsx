import { useTranslation } from "react-i18next";
import { LinkToCopy } from "../invite/link-to-copy.tsx";

/** Shown while nobody else is in the meeting: the link that brings somebody in, if there is one. */
export function Alone({ link }: { readonly link: string | null }) {
  const { t } = useTranslation();
  return (
    <div className="alone">
      <p className="alone-title">{t("call.alone")}</p>
      <p>{t("call.aloneHint")}</p>
      {link !== null && <LinkToCopy link={link} />}
    </div>
  );
}
