import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** alertdialog for a question that must be answered. */
  readonly role?: "dialog" | "alertdialog";
  readonly width?: "narrow" | "normal" | "wide";
}

/** A window over the page, open for as long as it is rendered. Focus stays inside; Escape and a press outside close it. */
export function Dialog({ title, closeLabel, onClose, children, role = "dialog", width = "normal" }: DialogProps) {
  const onOpenChange = (open: boolean): void => {
    if (!open) onClose();
  };
  return (
    <ModalOverlay className="overlay" isOpen isDismissable={role === "dialog"} onOpenChange={onOpenChange}>
      <Modal className={`modal modal-${width}`}>
        <AriaDialog className="dialog" role={role}>
          <header className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            <Button look="quiet" size="icon" aria-label={closeLabel} onPress={onClose}>
              <Icon name="close" />
            </Button>
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
